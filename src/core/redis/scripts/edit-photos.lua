--[[
  Sets one field that users enter, for photos of an album. An empty value removes it.

  KEYS[1]  acts
  KEYS[2]  photos
  KEYS[3]  prefix of photo keys
  KEYS[4]  prefix of tag keys
  KEYS[5]  events
  ARGV[1]  account
  ARGV[2]  id of the act
  ARGV[3]  mode
  ARGV[4]  field
  ARGV[5]  the value that all get, for the event; empty where they differ
  ARGV[6..] for each photo: id, value, what must be there now after a '=' (or empty: anything), time taken (ms, or empty
           to leave it)

  Returns id and former value of each photo that changed, in turn; and at last how many photos were not there.
  Errors: CONFLICT
]]
local acts, photos, photo, prefix, events = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local by, change, mode, field, common = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]

make_sound(photos, 'zset')
local wanted, asked, plan = {}, {}, {}
for n = 6, math.min(#ARGV, 5 + 4 * max_photos), 4 do
  asked[#asked + 1] = ARGV[n]
  wanted[ARGV[n]] = { value = ARGV[n + 1], expected = ARGV[n + 2], time = ARGV[n + 3] }
end
local found, skipped = find_photos(photos, photo, asked, field, 'tags')
if mode ~= 'free' and skipped > 0 then return conflict() end
for _, one in ipairs(found) do
  local step, now = wanted[one.id], one.fields[2] or ''
  if mode ~= 'free' and step.expected ~= '' and step.expected ~= '=' .. now then return conflict() end
  if now ~= step.value then
    plan[#plan + 1] = { id = one.id, value = step.value, now = now, time = step.time, tags = one.fields[3] }
  end
end
if mode == 'check' or #plan == 0 then return { tostring(skipped) } end

local ids, result = {}, {}
for _, step in ipairs(plan) do
  local key = photo .. step.id
  if step.value == '' then redis.call('HDEL', key, field) else redis.call('HSET', key, field, step.value) end
  if step.time ~= '' then
    redis.call('ZADD', photos, 'XX', step.time, step.id)
    place_in_tags(prefix, step.tags, step.time, step.id)
  end
  ids[#ids + 1] = step.id
  result[#result + 1] = step.id
  result[#result + 1] = step.now
end
tell(acts, events, 'edited', by, change, about(ids, 'field', field, 'to', common))
result[#result + 1] = tostring(skipped)
return result

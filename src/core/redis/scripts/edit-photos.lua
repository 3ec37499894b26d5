--[[
  Sets one field that users enter, for photos of an album, and for those behind them. An empty value removes it.

  KEYS[1]  acts
  KEYS[2]  photos
  KEYS[3]  prefix of photo keys
  KEYS[4]  prefix of tag keys
  KEYS[5]  events
  KEYS[6]  behind
  ARGV[1]  account
  ARGV[2]  id of the act
  ARGV[3]  mode
  ARGV[4]  field
  ARGV[5]  the value that all get, for the event; empty where they differ
  ARGV[6]  'alone': not for what is behind them; else empty
  ARGV[7..] for each photo: id, value, what must be there now after a '=' (or empty: anything), time taken (ms, or empty
           to leave it)

  Returns id, former value and value of each photo that changed, in turn; and at last how many photos were not there.
  Errors: CONFLICT
]]
local acts, photos, photo, prefix, events, behind = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local by, change, mode, field, common = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]

make_sound(photos, 'zset')
local wanted, asked, plan = {}, {}, {}
for n = 7, math.min(#ARGV, 6 + 4 * max_photos), 4 do
  asked[#asked + 1] = ARGV[n]
  wanted[ARGV[n]] = { value = ARGV[n + 1], expected = ARGV[n + 2], time = ARGV[n + 3] }
end
local found, skipped = find_photos(photos, photo, asked, field, 'tags', 'stack')
local below = find_asked_behind(behind, photo, asked, field, 'tags')
skipped = skipped - #below
if mode ~= 'free' and skipped > 0 then return conflict() end
for _, one in ipairs(found) do
  local step, now = wanted[one.id], one.fields[2] or ''
  if mode ~= 'free' and step.expected ~= '' and step.expected ~= '=' .. now then return conflict() end
  if now ~= step.value then
    plan[#plan + 1] = { id = one.id, value = step.value, now = now, time = step.time, tags = one.fields[3] }
  end
  if ARGV[6] ~= 'alone' and field ~= 'rank' then
    for _, member in ipairs(find_behind(behind, photo, one.id, one.fields[4], field)) do
      if not wanted[member.id] then
        local former = member.fields[5] or ''
        if former ~= step.value then
          plan[#plan + 1] = { id = member.id, value = step.value, now = former, time = step.time }
        end
      end
    end
  end
end
for _, one in ipairs(below) do
  local step, now = wanted[one.id], one.fields[2] or ''
  if now ~= step.value then plan[#plan + 1] = { id = one.id, value = step.value, now = now, time = step.time } end
end
if mode == 'check' or #plan == 0 then return { tostring(skipped) } end

local ids, result = {}, {}
for _, step in ipairs(plan) do
  local key = photo .. step.id
  if step.value == '' then redis.call('HDEL', key, field) else redis.call('HSET', key, field, step.value) end
  if step.time ~= '' then
    redis.call('ZADD', photos, 'XX', step.time, step.id)
    if type_of(behind) == 'zset' then redis.call('ZADD', behind, 'XX', step.time, step.id) end
    place_in_tags(prefix, step.tags, step.time, step.id)
  end
  ids[#ids + 1] = step.id
  result[#result + 1] = step.id
  result[#result + 1] = step.now
  result[#result + 1] = step.value
end
tell(acts, events, 'edited', by, change, about(ids, 'field', field, 'to', common))
result[#result + 1] = tostring(skipped)
return result

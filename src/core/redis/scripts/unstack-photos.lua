--[[
  Takes photos from behind the one that leads them: each is a photo by itself again, and is not stacked again unless a user asks.

  KEYS[1]  acts
  KEYS[2]  photos
  KEYS[3]  behind
  KEYS[4]  prefix of photo keys
  KEYS[5]  prefix of tag keys
  KEYS[6]  tags
  KEYS[7]  tagnames
  KEYS[8]  events
  ARGV[1]  account
  ARGV[2]  id of the act
  ARGV[3]  mode
  ARGV[4]  id of the photo that leads
  ARGV[5..] photo ids; none: all that are behind it

  Returns the ids of the photos that stand by themselves now.
  Errors: CONFLICT
]]
local acts, photos, behind, photo, events = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[8]
local by, change, mode, lead = ARGV[1], ARGV[2], ARGV[3], ARGV[4]

make_all_sound(photos, 'zset', behind, 'zset')
local leads = find_photos(photos, photo, { lead }, 'stack')
local asked, wanted = values_from(ARGV, 5), {}
for _, id in ipairs(asked) do
  wanted[id] = true
end
local going, staying = {}, {}
if #leads > 0 then
  for _, one in ipairs(find_behind(behind, photo, lead, leads[1].fields[2], 'tagnames')) do
    if #asked == 0 or wanted[one.id] then
      going[#going + 1] = one
    else
      staying[#staying + 1] = { id = one.id, type = one.fields[3] }
    end
  end
end
if mode ~= 'free' and (#leads == 0 or #going < #asked) then return conflict() end
if mode == 'check' or #going == 0 then return {} end

local index, written, ids = new_index(KEYS[5], KEYS[6], KEYS[7]), {}, ids_of(going)
for _, one in ipairs(going) do
  local key, tags = photo .. one.id, one.fields[4]
  read_names(written, tags, one.fields[5])
  if tags then note_tags(index, one.id, one.score, nil, tags) end
  redis.call('HDEL', key, 'behind', 'tagnames')
  redis.call('HSET', key, 'apart', 1)
end
redis.call('HSET', photo .. lead, 'apart', 1)
redis.call('HDEL', photo .. lead, 'standin')
write_stack(photo .. lead, staying)
call_in_parts('ZADD', photos, places_of(going), 2)
call_in_parts('ZREM', behind, ids)
write_index(index, branch_names(written))
tell(acts, events, 'unstacked', by, change, about({ lead, unpack(ids) }))
return ids

--[[
  Brings photos back from an album's trash.

  KEYS[1]  photos
  KEYS[2]  trash
  KEYS[3]  stem of photo keys
  KEYS[4]  stem of tag keys
  KEYS[5]  tags
  KEYS[6]  tagnames
  KEYS[7]  events
  ARGV[1]  account
  ARGV[2]  id of the act
  ARGV[3]  mode
  ARGV[4..] for each photo: id, time taken in milliseconds

  Returns the ids of the photos that hang again.
  Errors: CONFLICT
]]
local photos, trash, photo, events = KEYS[1], KEYS[2], KEYS[3], KEYS[7]
local by, change, mode = ARGV[1], ARGV[2], ARGV[3]

local ids, scores = {}, {}
for n = 4, #ARGV, 2 do
  local id = ARGV[n]
  if not scores[id] and place_of(trash, photo, id) then
    ids[#ids + 1] = id
    scores[id] = ARGV[n + 1]
  elseif mode ~= 'free' then
    return conflict
  end
end
if mode == 'check' or #ids == 0 then return {} end

local index, places, written = new_index(KEYS[4], KEYS[5], KEYS[6]), {}, {}
for _, id in ipairs(ids) do
  local fields = redis.call('HMGET', photo .. id, 'tags', 'tagnames')
  local tags, names = split_tags(fields[1]), split_tags(fields[2])
  for n, tag in ipairs(tags) do
    written[tag] = names[n] or tag
  end
  note_tags(index, id, scores[id], {}, tags)
  redis.call('HDEL', photo .. id, 'trashed', 'tagnames')
  places[#places + 1] = scores[id]
  places[#places + 1] = id
end
call_in_parts('ZADD', photos, places, 2)
call_in_parts('ZREM', trash, ids)
write_index(index, branch_names(written))
tell(events, 'restored', by, change, ids)
return ids

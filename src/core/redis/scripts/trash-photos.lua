--[[
  Takes photos out of an album into its trash.

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
  ARGV[4]  now, in milliseconds since 1970
  ARGV[5..] photo ids

  Returns the ids of the photos that are in the trash now.
  Errors: CONFLICT
]]
local photos, trash, photo, events = KEYS[1], KEYS[2], KEYS[3], KEYS[7]
local by, change, mode, now = ARGV[1], ARGV[2], ARGV[3], ARGV[4]

local ids, scores = {}, {}
for n = 5, #ARGV do
  local score = place_of(photos, photo, ARGV[n])
  if score and not scores[ARGV[n]] then
    ids[#ids + 1] = ARGV[n]
    scores[ARGV[n]] = score
  elseif mode ~= 'free' then
    return conflict
  end
end
if mode == 'check' or #ids == 0 then return {} end

local index, places = new_index(KEYS[4], KEYS[5], KEYS[6]), {}
for _, id in ipairs(ids) do
  note_tags(index, id, scores[id], split_tags(redis.call('HGET', photo .. id, 'tags')), {})
  places[#places + 1] = now
  places[#places + 1] = id
end
-- The names of their tags go along, as the index may forget them.
local name_of = names_in(KEYS[6])
for _, id in ipairs(ids) do
  local names = {}
  for _, tag in ipairs(split_tags(redis.call('HGET', photo .. id, 'tags'))) do
    names[#names + 1] = name_of(tag)
  end
  redis.call('HSET', photo .. id, 'trashed', now)
  if #names > 0 then redis.call('HSET', photo .. id, 'tagnames', table.concat(names, '\n')) end
end
call_in_parts('ZADD', trash, places, 2)
call_in_parts('ZREM', photos, ids)
write_index(index, name_of)
tell(events, 'trashed', by, change, ids)
return ids

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

local asked, times, written = {}, {}, {}
for n = 4, #ARGV, 2 do
  asked[#asked + 1] = ARGV[n]
  times[ARGV[n]] = ARGV[n + 1]
end
local found, others = find_photos(trash, photo, asked, 'tags', 'tagnames')
if mode ~= 'free' and others > 0 then return conflict end
if mode == 'check' or #found == 0 then return {} end

local index, ids = new_index(KEYS[4], KEYS[5], KEYS[6]), ids_of(found)
for _, one in ipairs(found) do
  local names = split_tags(one.fields[3])
  for n, tag in ipairs(split_tags(one.fields[2])) do
    written[tag] = names[n] or tag
  end
  one.score = times[one.id]
  if one.fields[2] then note_tags(index, one.id, one.score, nil, one.fields[2]) end
  redis.call('HDEL', photo .. one.id, 'trashed', 'tagnames')
end
call_in_parts('ZADD', photos, places_of(found), 2)
call_in_parts('ZREM', trash, ids)
write_index(index, branch_names(written))
tell(events, 'restored', by, change, ids)
return ids

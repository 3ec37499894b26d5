--[[
  Brings photos back from an album's trash.

  KEYS[1]  acts
  KEYS[2]  photos
  KEYS[3]  trash
  KEYS[4]  prefix of photo keys
  KEYS[5]  prefix of tag keys
  KEYS[6]  tags
  KEYS[7]  tagnames
  KEYS[8]  events
  ARGV[1]  account
  ARGV[2]  id of the act
  ARGV[3]  mode
  ARGV[4..] for each photo: id, time taken in milliseconds

  Returns the ids of the photos that are back in the album.
  Errors: CONFLICT
]]
local acts, photos, trash, photo, events = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[8]
local by, change, mode = ARGV[1], ARGV[2], ARGV[3]

make_all_sound(photos, 'zset', trash, 'zset')
local asked, times, written = {}, {}, {}
for n = 4, math.min(#ARGV, 3 + 2 * max_photos), 2 do
  asked[#asked + 1] = ARGV[n]
  times[ARGV[n]] = ARGV[n + 1]
end
local found, others = find_photos(trash, photo, asked, 'tags', 'tagnames')
if mode ~= 'free' and others > 0 then return conflict() end
if mode == 'check' or #found == 0 then return {} end

local index, ids = new_index(KEYS[5], KEYS[6], KEYS[7]), ids_of(found)
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
tell(acts, events, 'restored', by, change, about(ids))
return ids

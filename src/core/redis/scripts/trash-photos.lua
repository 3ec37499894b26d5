--[[
  Takes photos out of an album into its trash.

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
  ARGV[4]  now, in milliseconds since 1970
  ARGV[5..] photo ids

  Returns the ids of the photos that are in the trash now.
  Errors: CONFLICT
]]
local acts, photos, trash, photo, events = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[8]
local by, change, mode, now = ARGV[1], ARGV[2], ARGV[3], ARGV[4]

make_all_sound(photos, 'zset', trash, 'zset')
local found, others = find_photos(photos, photo, values_from(ARGV, 5), 'tags')
if mode ~= 'free' and others > 0 then return conflict() end
if mode == 'check' or #found == 0 then return {} end

local index, name_of, ids = new_index(KEYS[5], KEYS[6], KEYS[7]), names_in(KEYS[7]), ids_of(found)
for _, one in ipairs(found) do
  local key, tags = photo .. one.id, one.fields[2]
  redis.call('HSET', key, 'trashed', now)
  if tags then
    -- The names of its tags go along, as the index may forget them.
    local names = {}
    for n, tag in ipairs(split_tags(tags)) do
      names[n] = name_of(tag)
    end
    redis.call('HSET', key, 'tagnames', table.concat(names, '\n'))
    note_tags(index, one.id, one.score, tags, nil)
  end
end
call_in_parts('ZADD', trash, places_of(found, now), 2)
call_in_parts('ZREM', photos, ids)
write_index(index, name_of)
tell(acts, events, 'trashed', by, change, about(ids))
return ids

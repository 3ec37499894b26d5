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

local found, others = find_photos(photos, photo, arguments_from(5), 'tags')
if mode ~= 'free' and others > 0 then return conflict end
if mode == 'check' or #found == 0 then return {} end

local index, name_of, ids = new_index(KEYS[4], KEYS[5], KEYS[6]), names_in(KEYS[6]), ids_of(found)
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
tell(events, 'trashed', by, change, ids)
return ids

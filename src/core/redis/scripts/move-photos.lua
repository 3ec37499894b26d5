--[[
  Moves photos from one album to another, with their tags. Their ranks stay behind: they mean nothing elsewhere.

  KEYS[1..7]   of the album they are in: info, photos, stem of photo keys, stem of tag keys, tags, tagnames, events
  KEYS[8..14]  of the album they go to: the same
  ARGV[1]   account
  ARGV[2]   id of the act
  ARGV[3]   mode
  ARGV[4..] photo ids

  Returns id and rank (or '') of each photo that moved, in turn.
  Errors: NOT_FOUND the other album is not there; CONFLICT
]]
local from = { photos = KEYS[2], photo = KEYS[3], tag = KEYS[4], tags = KEYS[5], names = KEYS[6], events = KEYS[7] }
local to = { info = KEYS[8], photos = KEYS[9], photo = KEYS[10], tag = KEYS[11], tags = KEYS[12], names = KEYS[13], events = KEYS[14] }
local by, change, mode = ARGV[1], ARGV[2], ARGV[3]

if redis.call('EXISTS', to.info) == 0 or redis.call('HEXISTS', to.info, 'deleted') == 1 then
  return redis.error_reply('NOT_FOUND The album is not there any more.')
end

local photos, others = find_photos(from.photos, from.photo, arguments_from(4), 'tags', 'rank')
if mode ~= 'free' and others > 0 then return conflict end
if mode == 'check' or #photos == 0 then return {} end

local leaving, arriving = new_index(from.tag, from.tags, from.names), new_index(to.tag, to.tags, to.names)
local moved = {}
for n, photo in ipairs(photos) do
  local id, tags, rank = photo.id, photo.fields[2], photo.fields[3]
  if rank then redis.call('HDEL', from.photo .. id, 'rank') end
  if tags then
    note_tags(leaving, id, photo.score, tags, nil)
    note_tags(arriving, id, photo.score, nil, tags)
  end
  redis.call('RENAME', from.photo .. id, to.photo .. id)
  moved[2 * n - 1] = id
  moved[2 * n] = rank or ''
end
local ids = ids_of(photos)
call_in_parts('ZADD', to.photos, places_of(photos), 2)
call_in_parts('ZREM', from.photos, ids)
write_index(arriving, names_in(from.names))
write_index(leaving, names_in(from.names))
tell(from.events, 'left', by, change, ids)
tell(to.events, 'arrived', by, change, ids)
return moved

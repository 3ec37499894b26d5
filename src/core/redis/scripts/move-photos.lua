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

local ids, scores = {}, {}
for n = 4, #ARGV do
  local score = place_of(from.photos, from.photo, ARGV[n])
  if score and not scores[ARGV[n]] then
    ids[#ids + 1] = ARGV[n]
    scores[ARGV[n]] = score
  elseif mode ~= 'free' then
    return conflict
  end
end
if mode == 'check' or #ids == 0 then return {} end

local leaving, arriving = new_index(from.tag, from.tags, from.names), new_index(to.tag, to.tags, to.names)
local places, moved = {}, {}
for _, id in ipairs(ids) do
  local key = from.photo .. id
  local fields = redis.call('HMGET', key, 'tags', 'rank')
  local tags = split_tags(fields[1])
  note_tags(leaving, id, scores[id], tags, {})
  note_tags(arriving, id, scores[id], {}, tags)
  if fields[2] then redis.call('HDEL', key, 'rank') end
  redis.call('RENAME', key, to.photo .. id)
  places[#places + 1] = scores[id]
  places[#places + 1] = id
  moved[#moved + 1] = id
  moved[#moved + 1] = fields[2] or ''
end
call_in_parts('ZADD', to.photos, places, 2)
call_in_parts('ZREM', from.photos, ids)
write_index(arriving, names_in(from.names))
write_index(leaving, names_in(from.names))
tell(from.events, 'left', by, change, ids)
tell(to.events, 'arrived', by, change, ids)
return moved

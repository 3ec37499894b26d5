--[[
  Moves photos from one album to another, with their tags and what is behind them. Their ranks do not: they mean nothing
  elsewhere.

  KEYS[1]      acts of the account
  KEYS[2..9]   of the album they are in: info, photos, prefix of photo keys, prefix of tag keys, tags, tagnames, events,
               behind
  KEYS[10..17] of the album they go to: the same
  ARGV[1]   account
  ARGV[2]   id of the act
  ARGV[3]   mode
  ARGV[4..] photo ids

  Returns id and rank (or '') of each photo that moved, in turn.
  Errors: NOT_FOUND the other album is not there; CONFLICT
]]
local function side(at)
  return { info = KEYS[at], photos = KEYS[at + 1], photo = KEYS[at + 2], tag = KEYS[at + 3], tags = KEYS[at + 4],
    names = KEYS[at + 5], events = KEYS[at + 6], behind = KEYS[at + 7] }
end
local acts, from, to = KEYS[1], side(2), side(10)
local by, change, mode = ARGV[1], ARGV[2], ARGV[3]

if not is_live(to.info) then return album_gone() end
make_all_sound(from.photos, 'zset', to.photos, 'zset', from.behind, 'zset', to.behind, 'zset')

-- Whether any of the photos, and of those behind them, stands in the other album already. All are asked for at once.
local function any_there(asked)
  local keys = {}
  for _, photo in ipairs(asked) do
    keys[#keys + 1] = to.photo .. photo.id
    for _, member in ipairs(photo.members) do
      keys[#keys + 1] = to.photo .. member.id
    end
  end
  for at = 1, #keys, part do
    if redis.call('EXISTS', unpack(keys, at, math.min(#keys, at + part - 1))) > 0 then return true end
  end
  return false
end

local found, others = find_photos(from.photos, from.photo, values_from(ARGV, 4), 'tags', 'rank', 'stack')
for _, photo in ipairs(found) do
  photo.members = find_behind(from.behind, from.photo, photo.id, photo.fields[4])
end
-- What stands there, by whatever hand, is not written over.
local photos = found
if any_there(found) then
  photos = {}
  for _, photo in ipairs(found) do
    if any_there({ photo }) then others = others + 1 else photos[#photos + 1] = photo end
  end
end
if mode ~= 'free' and others > 0 then return conflict() end
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
  for _, member in ipairs(photo.members) do
    redis.call('RENAME', from.photo .. member.id, to.photo .. member.id)
    redis.call('HDEL', to.photo .. member.id, 'rank')
    redis.call('ZADD', to.behind, member.score, member.id)
    redis.call('ZREM', from.behind, member.id)
  end
  moved[2 * n - 1] = id
  moved[2 * n] = rank or ''
end
local ids = ids_of(photos)
call_in_parts('ZADD', to.photos, places_of(photos), 2)
call_in_parts('ZREM', from.photos, ids)
write_index(arriving, names_in(from.names))
write_index(leaving, names_in(from.names))
tell(acts, from.events, 'left', by, change, about(ids))
tell(acts, to.events, 'arrived', by, change, about(ids))
return moved

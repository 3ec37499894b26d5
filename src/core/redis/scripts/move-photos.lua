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
    for _, one in ipairs(photo.all) do
      keys[#keys + 1] = to.photo .. one.id
    end
  end
  for at = 1, #keys, part do
    if redis.call('EXISTS', unpack(keys, at, math.min(#keys, at + part - 1))) > 0 then return true end
  end
  return false
end

local function bring_back(photo)
  for _, one in ipairs(photo.brought) do
    redis.call('RENAME', to.photo .. one.id, from.photo .. one.id)
  end
end

-- Brings a photo and those behind it over, or none of them: what stands there, by whatever hand, is not written over. One command does
-- both, as Redis compares each key that a command names with the rights of the caller anew.
local function bring(photo)
  photo.brought = {}
  for _, one in ipairs(photo.all) do
    local renamed = redis.pcall('RENAMENX', from.photo .. one.id, to.photo .. one.id)
    if renamed == 1 then
      photo.brought[#photo.brought + 1] = one
    elseif renamed == 0 or one == photo then
      bring_back(photo)
      return false
    end
    -- Else one behind it is gone, as it stood in the album too and was brought already.
  end
  return true
end

local found, others = find_photos(from.photos, from.photo, values_from(ARGV, 4), 'tags', 'rank', 'stack')
for _, photo in ipairs(found) do
  photo.all = { photo, unpack(find_behind(from.behind, from.photo, photo.id, photo.fields[4])) }
end
if mode ~= 'free' and others > 0 then return conflict() end
if mode == 'check' then return any_there(found) and conflict() or {} end

local photos = {}
for _, photo in ipairs(found) do
  if bring(photo) then
    photos[#photos + 1] = photo
  elseif mode ~= 'free' then
    for _, brought in ipairs(photos) do
      bring_back(brought)
    end
    return conflict()
  end
end
if #photos == 0 then return {} end

local leaving, arriving = new_index(from.tag, from.tags, from.names), new_index(to.tag, to.tags, to.names)
local moved = {}
for n, photo in ipairs(photos) do
  local id, tags, rank = photo.id, photo.fields[2], photo.fields[3]
  if rank then redis.call('HDEL', to.photo .. id, 'rank') end
  if tags then
    note_tags(leaving, id, photo.score, tags, nil)
    note_tags(arriving, id, photo.score, nil, tags)
  end
  for at = 2, #photo.brought do
    local member = photo.brought[at]
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

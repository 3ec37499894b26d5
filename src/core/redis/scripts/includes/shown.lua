--[[
  What visitors are shown of an album stands in copies of it, one for each audience: the guest, or a share link. A copy holds the photos
  that may be shown, and of their records the fields that its switches let through and no others, so that a visitor's own login
  reaches nothing else. Every change ends with an event (`tell`), and brings the copies of its album into step.

  album..'shown'                 hash: audience -> switches, words with blanks between them
  album..'shown:<audience>:...'  the copy: its keys are named as the album's own

  max_audiences (functions.ts): the copies of an album that are kept in step with each change of it.
]]

local always_shown = { 'name', 'title', 'caption', 'width', 'height', 'thumb', 'digest', 'placeholder', 'taken', 'dated', 'named',
  'added', 'type', 'bytes', 'duration', 'codecs', 'adjust', 'rank', 'tags', 'damage', 'creator', 'copyright' }
local shown_where = {
  place = { 'lat', 'lon', 'alt' },
  camera = { 'camera', 'lens', 'aperture', 'exposure', 'iso', 'focal', 'orientation' },
  marks = { 'rating', 'flag', 'label' },
}

-- The fields that switches let through. A film is in the file itself, which is only given as it is where nothing of it is hidden. By a
-- digest pictures are asked for that browsers keep for ever: those with a watermark have addresses of their own, without one.
local function fields_shown(switches)
  local fields, on = {}, {}
  for word in string.gmatch(switches, '%S+') do
    on[word] = true
  end
  for _, field in ipairs(always_shown) do
    if field ~= 'digest' or not on.watermark then fields[#fields + 1] = field end
  end
  for word, more in pairs(shown_where) do
    if on[word] then for _, field in ipairs(more) do fields[#fields + 1] = field end end
  end
  if on.place and on.camera and on.original then fields[#fields + 1] = 'film' end
  return fields
end

-- The values of a photo's record that are shown, in the order of the fields; nil where the photo is not: rejected, or removed.
local function values_shown(record, fields)
  if type_of(record) ~= 'hash' then return nil end
  local values = redis.call('HMGET', record, 'flag', 'trashed', 'behind', unpack(fields))
  if values[1] == 'reject' or values[2] or values[3] then return nil end
  return { unpack(values, 4, 3 + #fields) }
end

-- Writes a record of a copy; false where it is as it should be. What it holds besides goes. `dry`: without writing.
local function write_shown(record, fields, values, dry)
  local wanted, differs, now = {}, false, redis.call('HMGET', record, unpack(fields))
  for n, field in ipairs(fields) do
    if values[n] then
      wanted[#wanted + 1] = field
      wanted[#wanted + 1] = values[n]
    end
    differs = differs or now[n] ~= values[n]
  end
  if not differs and redis.call('HLEN', record) == #wanted / 2 then return false end
  if dry then return true end
  redis.call('DEL', record)
  if #wanted > 0 then redis.call('HSET', record, unpack(wanted)) end
  return true
end

-- What the copy says of the album itself. Returns how much of it was other.
local function show_info(album, copy, dry)
  local info = album .. 'info'
  if type_of(info) ~= 'hash' then return 0 end
  local fields = { 'title', 'created', 'description', 'cover' }
  local values = redis.call('HMGET', info, unpack(fields))
  if values[4] and not redis.call('ZSCORE', copy .. 'photos', values[4]) then values[4] = false end
  if not write_shown(copy .. 'info', fields, values, dry) then return 0 end
  if not dry then append(copy .. 'events', 200, { 'what', 'described' }) end
  return 1
end

-- Tells whoever looks at the copy which photos of it came, went, and are other than they were.
local function tell_shown(copy, told)
  for what, ids in pairs(told) do
    if #ids > 0 then append(copy .. 'events', 200, { 'what', what, unpack(about(ids)) }) end
  end
end

local function each_once(ids)
  local seen, once_each = {}, {}
  for _, id in ipairs(ids) do
    if not seen[id] then once_each[#once_each + 1] = id end
    seen[id] = true
  end
  return once_each
end

-- Writes what one photo of a copy is to be, and notes its tags. Returns what became of it; nil where it was as it should be.
local function show_photo(copy, index, one, dry)
  local record, tags = copy.photo .. one.id, ''
  make_sound(record, 'hash')
  if one.before then tags = redis.call('HGET', record, 'tags') or '' end
  if not one.values then
    if not one.before and redis.call('EXISTS', record) == 0 then return nil end
    if dry then return 'left' end
    redis.call('DEL', record)
    redis.call('ZREM', copy.photos, one.id)
    note_tags(index, one.id, one.before or 0, tags, '')
    return 'left'
  end
  local differs = write_shown(record, copy.fields, one.values, dry)
  if not differs and one.score == one.before then return nil end
  if dry then return 'edited' end
  redis.call('ZADD', copy.photos, one.score, one.id)
  if one.before then place_in_tags(copy.tag, tags, one.score, one.id) end
  note_tags(index, one.id, one.score, tags, redis.call('HGET', record, 'tags') or '')
  return one.before and 'edited' or 'arrived'
end

-- Brings photos of one copy into step with the album. Returns how many were not.
local function show_to(album, audience, switches, ids, dry)
  local prefix = album .. 'shown:' .. audience .. ':'
  local copy = { photos = prefix .. 'photos', photo = prefix .. 'photo:', tag = prefix .. 'tag:', fields = fields_shown(switches) }
  make_all_sound(copy.photos, 'zset', prefix .. 'info', 'hash', prefix .. 'events', 'stream')
  local hanging = type_of(album .. 'photos') == 'zset' and scores_in(album .. 'photos', ids) or {}
  local shown = scores_in(copy.photos, ids)
  local index = new_index(copy.tag, prefix .. 'tags', prefix .. 'tagnames')
  local told, differing = { arrived = {}, left = {}, edited = {} }, 0
  for n, id in ipairs(ids) do
    local values = hanging[n] and values_shown(album .. 'photo:' .. id, copy.fields)
    local one = { id = id, score = hanging[n], before = shown[n], values = values }
    local what = show_photo(copy, index, one, dry)
    if what then
      table.insert(told[what], id)
      differing = differing + 1
    end
  end
  if not dry then
    write_index(index, names_in(album .. 'tagnames'))
    tell_shown(prefix, told)
  end
  return differing + show_info(album, prefix, dry)
end

-- The same for all copies of an album. `dry`: only tells how much of them is other than it should be.
local function show_to_all(album, ids, dry)
  local audiences, differing = album .. 'shown', 0
  if type_of(audiences) ~= 'hash' or redis.call('HLEN', audiences) > max_audiences then return 0 end
  local all, wanted = redis.call('HGETALL', audiences), each_once(ids)
  for n = 1, #all, 2 do
    if string.find(all[n], '^[%w~]+$') then
      differing = differing + show_to(album, all[n], all[n + 1], wanted, dry)
    end
  end
  return differing
end

local shown_of_collections = { 'title', 'created', 'description', 'cover', 'smart', 'search', 'deleted' }

--[[
  The same for what guests read of a public collection: what it says of itself, and that it was changed; no names of accounts, and not which
  photos were in it before. `what`: what is told of it.
]]
local function show_collection(collection, what, dry)
  local audiences, copy, info = collection .. 'shown', collection .. 'shown:guest:', collection .. 'info'
  if type_of(audiences) ~= 'hash' or redis.call('HEXISTS', audiences, 'guest') == 0 then return 0 end
  make_all_sound(copy .. 'info', 'hash', copy .. 'events', 'stream')
  local values = {}
  for n, field in ipairs(shown_of_collections) do
    values[n] = type_of(info) == 'hash' and redis.call('HGET', info, field)
  end
  local differs = write_shown(copy .. 'info', shown_of_collections, values, dry)
  if not dry then append(copy .. 'events', 200, { 'what', what }) end
  return differs and 1 or 0
end

-- `stream`, `what`, `more`: of an event.
function follow_shown(stream, what, more)
  local collection = string.match(stream, '^({[^}]*}:collection:[^:]+:)events$')
  if collection then show_collection(collection, what) end
  local album, ids = string.match(stream, '^({[^}]*}:album:[^:]+:)events$'), {}
  if not album then return end
  if more[1] == 'photos' then
    for id in string.gmatch(more[2], '%w+') do
      ids[#ids + 1] = id
    end
  end
  show_to_all(album, ids)
end

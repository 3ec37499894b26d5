--[[
  What every change begins and ends with.

  Modes: free = photos that are not there are left out; strict = they are a CONFLICT; check = strict, without writing.

  A member who may modify an album may also write into its keys by hand. What stands in them is therefore a claim: a key of another
  type gives way, a record that is none is not there, and a change is never left half made by either.
]]

-- Ids are unpacked into commands in parts, as Lua's stack has an end.
local part = 1000

-- Photos of one call, so that Redis is soon there for others again.
local max_photos = 2000

-- Refuses with the id of a text (src/shared/messages/en/errors.json) and what fills its blanks.
local function refuse(code, text, blanks)
  return redis.error_reply(code .. ' ' .. text .. ' ' .. (blanks and cjson.encode(blanks) or '{}'))
end

local function conflict()
  return refuse('CONFLICT', 'changedMeanwhile')
end

local function album_gone()
  return refuse('NOT_FOUND', 'albumGone')
end

local function collection_gone()
  return refuse('NOT_FOUND', 'collectionGone')
end

local function type_of(key)
  return redis.call('TYPE', key).ok
end

-- Makes room for a key of a type: one of another type is what no Cimaise has written.
local function make_sound(key, wanted)
  local found = type_of(key)
  if found ~= wanted and found ~= 'none' then redis.call('DEL', key) end
end

-- The same for keys and their types in turn.
local function make_all_sound(...)
  local pairs_of = { ... }
  for n = 1, #pairs_of, 2 do
    make_sound(pairs_of[n], pairs_of[n + 1])
  end
end

-- Whether the album with this info is there, and not in the trash.
local function is_live(info)
  return type_of(info) == 'hash' and redis.call('HEXISTS', info, 'deleted') == 0
end

-- Whether a collection is a smart album.
local function is_smart(info)
  return redis.call('HEXISTS', info, 'smart') == 1
end

-- The fields of an event that is about a collection; `field` tells that it is a smart album.
local function about_collection(info, id, ...)
  if is_smart(info) then return { 'collection', id, 'field', 'search', ... } end
  return { 'collection', id, ... }
end

-- Sets a field of a hash, or removes it where the value is empty. Returns what stood there, and whether that has changed; or a refusal
-- where that is not `expected`, a value after a '=' (or empty: anything).
local function set_field(hash, field, value, mode, expected)
  local now = redis.call('HGET', hash, field) or ''
  if mode ~= 'free' and expected ~= '' and expected ~= '=' .. now then return conflict(), false end
  if mode == 'check' or now == value then return now, false end
  if value == '' then redis.call('HDEL', hash, field) else redis.call('HSET', hash, field, value) end
  return now, true
end

-- Calls a command on a key with any number of values, which come `step` together.
local function call_in_parts(command, key, values, step)
  local most = part - part % (step or 1)
  for at = 1, #values, most do
    redis.call(command, key, unpack(values, at, math.min(#values, at + most - 1)))
  end
end

-- How far ahead a clock may have been that gave an entry its id, in milliseconds.
local max_skew = 24 * 60 * 60 * 1000

-- Whether an entry got an id such as the clock gives.
local function is_timely(id)
  return type(id) == 'string' and tonumber(string.match(id, '^%d+')) <= redis.call('TIME')[1] * 1000 + max_skew
end

-- Adds an entry to a stream, however its end was spoiled: an id that lies ahead makes all that follow lie ahead too, and
-- the last one that there is keeps them out.
local function append(stream, length, fields)
  if is_timely(redis.pcall('XADD', stream, 'MAXLEN', '~', length, '*', unpack(fields))) then return end
  redis.call('DEL', stream)
  redis.call('XADD', stream, '*', unpack(fields))
end

-- Calls that are remembered of an account: more than can be under way while one machine takes over from another.
local remembered_calls = 128

--[[
  A call may be sent a second time, where the answer to the first was lost. Each comes with an id as its last argument, and as its
  last key the stream in which the account notes the ids of its calls: one that stands there was made already. An empty id, without
  that key, is a call that nobody sends twice.
]]
local function once(work)
  return function(KEYS, ARGV)
    local call = table.remove(ARGV)
    if call == '' then return work(KEYS, ARGV) end
    local calls = table.remove(KEYS)
    make_sound(calls, 'stream')
    for _, entry in ipairs(redis.call('XREVRANGE', calls, '+', '-', 'COUNT', remembered_calls)) do
      if entry[2][2] == call then
        -- Written once more, so that whoever waits for copies waits for this one.
        append(calls, remembered_calls, { 'call', call })
        return refuse('CONFLICT', 'changeWasMade')
      end
    end
    local reply = work(KEYS, ARGV)
    if not (type(reply) == 'table' and reply.err) then append(calls, remembered_calls, { 'call', call }) end
    return reply
  end
end

-- A digest of texts in their order, each with its length, so that none can pass for a part of another.
local function digest_of(texts)
  local parts = {}
  for n, text in ipairs(texts) do
    parts[n] = #text .. ':' .. text
  end
  return redis.sha1hex(table.concat(parts))
end

-- Brings what visitors are shown of photos of an album, or of a collection, into step (shown.lua).
local follow_shown

--[[
  Writes an event, and its digest among the acts of the account that did it. Others may write events too, in any name, but
  no other account can write there: that is the event's proof. `more`: names and values in turn.
]]
local function tell(acts, stream, what, by, change, more)
  local fields = { 'what', what, 'by', by, 'change', change, unpack(more or {}) }
  append(stream, 1000, fields)
  append(acts, 5000, { 'event', digest_of({ stream, unpack(fields) }) })
  follow_shown(stream, what, more or {})
end

-- What a sorted set says of ids, in their order; false where it does not hold one.
local function scores_in(set, ids)
  local scores = {}
  for at = 1, #ids, part do
    for n, score in ipairs(redis.call('ZMSCORE', set, unpack(ids, at, math.min(#ids, at + part - 1)))) do
      scores[at + n - 1] = score
    end
  end
  return scores
end

--[[
  The photos among `ids` that stand in a sorted set and have a record, each once: id, score, and the values of some fields
  of its record, of which `name` is the first. Then how many others there were.
]]
local function find_photos(set, prefix, ids, ...)
  local found, seen, scores = {}, {}, scores_in(set, ids)
  for n, id in ipairs(ids) do
    if scores[n] and not seen[id] then
      seen[id] = true
      local fields = redis.pcall('HMGET', prefix .. id, 'name', ...)
      if not fields.err and (fields[1] or redis.call('EXISTS', prefix .. id) == 1) then
        found[#found + 1] = { id = id, score = scores[n], fields = fields }
      end
    end
  end
  return found, #ids - #found
end

local function ids_of(photos)
  local ids = {}
  for n, photo in ipairs(photos) do
    ids[n] = photo.id
  end
  return ids
end

-- The fields of an event that is about photos.
local function about(ids, ...)
  return { 'photos', table.concat(ids, ','), ... }
end

-- Scores and ids in turn, as ZADD takes them; `score` for all, or else each its own.
local function places_of(photos, score)
  local places = {}
  for n, photo in ipairs(photos) do
    places[2 * n - 1] = score or photo.score
    places[2 * n] = photo.id
  end
  return places
end

-- The values from an index on, at most so many as photos of one call.
local function values_from(values, at)
  local found = {}
  for n = at, math.min(#values, at + max_photos - 1) do
    found[n - at + 1] = values[n]
  end
  return found
end

-- The place of the last photo of a collection; 0 where it has none.
local function last_place(photos)
  local place = tonumber(redis.call('ZRANGE', photos, -1, -1, 'WITHSCORES')[2]) or 0
  return math.max(-1e12, math.min(1e12, place))
end

--[[
  What every change of photos begins and ends with.

  Modes: free = photos that are not there are left out; strict = they are a CONFLICT; check = strict, without writing.
]]
local conflict = redis.error_reply('CONFLICT Somebody else has changed this meanwhile.')

-- Ids are unpacked into commands in parts, as Lua's stack has an end.
local part = 1000

-- Calls a command on a key with any number of values, which come `step` together.
local function call_in_parts(command, key, values, step)
  local most = part - part % (step or 1)
  for at = 1, #values, most do
    redis.call(command, key, unpack(values, at, math.min(#values, at + most - 1)))
  end
end

-- Writes an event: `fields` are names and values in turn.
local function tell(events, what, by, change, photos, fields)
  redis.call('XADD', events, 'MAXLEN', '~', 1000, '*', 'what', what, 'by', by, 'change', change,
    'photos', table.concat(photos, ','), unpack(fields or {}))
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
local function find_photos(set, stem, ids, ...)
  local found, seen, scores = {}, {}, scores_in(set, ids)
  for n, id in ipairs(ids) do
    if scores[n] and not seen[id] then
      seen[id] = true
      local fields = redis.call('HMGET', stem .. id, 'name', ...)
      if fields[1] or redis.call('EXISTS', stem .. id) == 1 then
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

-- Scores and ids in turn, as ZADD takes them; `score` for all, or else each its own.
local function places_of(photos, score)
  local places = {}
  for n, photo in ipairs(photos) do
    places[2 * n - 1] = score or photo.score
    places[2 * n] = photo.id
  end
  return places
end

local function arguments_from(at)
  local values = {}
  for n = at, #ARGV do
    values[n - at + 1] = ARGV[n]
  end
  return values
end

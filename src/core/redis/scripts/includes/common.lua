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

-- The time taken by which a photo hangs in its album; nil where it does not, or has no record.
local function place_of(photos, photo, id)
  local score = redis.call('ZSCORE', photos, id)
  return score and redis.call('EXISTS', photo .. id) == 1 and score or nil
end

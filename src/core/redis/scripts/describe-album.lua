--[[
  Sets the description or the cover of an album. An empty value removes it.

  KEYS[1]  info
  KEYS[2]  events
  ARGV[1]  account
  ARGV[2]  id of the act
  ARGV[3]  mode
  ARGV[4]  id of the album
  ARGV[5]  field: description | cover
  ARGV[6]  value
  ARGV[7]  what must be there now after a '=' (or empty: anything)

  Returns the former value.
  Errors: NOT_FOUND no such album; CONFLICT
]]
local info, events = KEYS[1], KEYS[2]
local by, change, mode, id, field, value, expected = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7]

if redis.call('EXISTS', info) == 0 or redis.call('HEXISTS', info, 'deleted') == 1 then
  return redis.error_reply('NOT_FOUND The album is not there any more.')
end
local now = redis.call('HGET', info, field) or ''
if mode ~= 'free' and expected ~= '' and expected ~= '=' .. now then return conflict end
if mode == 'check' or now == value then return now end

if value == '' then redis.call('HDEL', info, field) else redis.call('HSET', info, field, value) end
redis.call('XADD', events, 'MAXLEN', '~', 1000, '*', 'what', 'described', 'album', id, 'by', by, 'change', change,
  'field', field, 'to', value)
return now

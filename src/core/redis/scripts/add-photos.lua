--[[
  Adds photos to an album: whole, or not at all where another process took the same path in meanwhile.

  KEYS[1]   info      hash of the album
  KEYS[2]   photos    zset of the album: photo id by time taken
  KEYS[3]   events    stream of the album
  KEYS[4]   library   hash: path -> entry
  KEYS[5]   failures  hash: path -> failure
  KEYS[6..] one hash for each photo, in the order of ARGV
  ARGV[1]   account
  ARGV[2..] for each photo: id, path, time taken (ms), entry, number of fields, then each field and its value

  Returns the ids that were added.
  Errors: NOT_FOUND no such album
]]
local info, photos, events, library, failures = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local by = ARGV[1]

if redis.call('EXISTS', info) == 0 or redis.call('HEXISTS', info, 'deleted') == 1 then
  return redis.error_reply('NOT_FOUND The album is not there any more.')
end

local added = {}
local at = 2
for n = 6, #KEYS do
  local id, path, time, entry, fields = ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], tonumber(ARGV[at + 4])
  local first, last = at + 5, at + 4 + 2 * fields
  local there = redis.call('HGET', library, path)
  -- What no Cimaise has written is no entry, and must not keep a file out for ever.
  if not there or not string.match(there, '^%w+\t[^\t]+\t%d+\t%-?%d+\t[%w_%-]+') then
    redis.call('HSET', KEYS[n], unpack(ARGV, first, last))
    redis.call('ZADD', photos, time, id)
    redis.call('HSET', library, path, entry)
    redis.call('HDEL', failures, path)
    added[#added + 1] = id
  end
  at = last + 1
end

if #added > 0 then
  redis.call('XADD', events, 'MAXLEN', '~', 1000, '*', 'what', 'added', 'by', by, 'photos', table.concat(added, ','))
end
return added

--[[
  Brings a photo into step with its file, which changed, moved, went or came back. What people entered stays.

  KEYS[1]  photo     hash
  KEYS[2]  photos    zset of its album: photo id by time taken
  KEYS[3]  events    stream of its album
  KEYS[4]  library   hash: path -> entry
  KEYS[5]  failures  hash: path -> failure
  KEYS[6]  stem of the album's tag keys
  ARGV[1]  photo id
  ARGV[2]  account
  ARGV[3]  what happened: changed | missing | found
  ARGV[4]  path until now
  ARGV[5]  path from now on
  ARGV[6]  entry for that path
  ARGV[7]  time taken (ms), or empty to leave it
  ARGV[8]  number of fields to set
  ARGV[9..] these fields, each with its value; then the names of the fields to remove

  Errors: NOT_FOUND no such photo
          CONFLICT  the new path is another photo's
]]
local photo, photos, events, library, failures = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local id, by, what, old, new, entry, time = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7]

if redis.call('EXISTS', photo) == 0 then
  return redis.error_reply('NOT_FOUND The photo is not there any more.')
end

if old ~= new then
  local there = redis.call('HGET', library, new)
  if there and string.sub(there, 1, #id + 1) ~= id .. '\t' then
    return redis.error_reply('CONFLICT Another photo has this file.')
  end
end

local last = 8 + 2 * tonumber(ARGV[8])
for n = 9, last, 2 do
  redis.call('HSET', photo, ARGV[n], ARGV[n + 1])
end
for n = last + 1, #ARGV do
  redis.call('HDEL', photo, ARGV[n])
end
-- A date that somebody entered wins over what the file says.
if time ~= '' and redis.call('HEXISTS', photo, 'dated') == 0 then
  redis.call('ZADD', photos, 'XX', time, id)
  for tag in pairs(with_branches(split_tags(redis.call('HGET', photo, 'tags')))) do
    redis.call('ZADD', KEYS[6] .. tag, 'XX', time, id)
  end
end

if old ~= new then
  redis.call('HDEL', library, old)
end
redis.call('HSET', library, new, entry)
redis.call('HDEL', failures, new)
redis.call('XADD', events, 'MAXLEN', '~', 1000, '*', 'what', what, 'by', by, 'photos', id)
return 1

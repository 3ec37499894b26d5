--[[
  Puts an album into the trash, its photos with it. Who had which right on it is kept for the day that it comes back.

  KEYS[1]  titles           hash: folded title -> album id
  KEYS[2]  albums           set
  KEYS[3]  deleted albums   zset: album by time
  KEYS[4]  public           set
  KEYS[5]  info             hash of the album
  KEYS[6]  rights           hash of the album
  KEYS[7]  photos           zset of the album
  KEYS[8]  events of the book of albums  stream
  KEYS[9]  who may what     hash with the version
  KEYS[10..] grants of each account and group, in the order of ARGV
  ARGV[1]  account
  ARGV[2]  id of the act
  ARGV[3]  mode
  ARGV[4]  id of the album
  ARGV[5]  its title, folded
  ARGV[6]  now, in milliseconds since 1970
  ARGV[7]  'empty' where an album that has photos is a CONFLICT
  ARGV[8..] accounts and groups

  Returns 1.
  Errors: NOT_FOUND no such album; CONFLICT
]]
local titles, albums, deleted, public, info, rights, photos, events =
  KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8]
local by, change, mode, id, folded, now = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]

if redis.call('SISMEMBER', albums, id) == 0 then
  return redis.error_reply('NOT_FOUND The album is not there any more.')
end
if ARGV[7] == 'empty' and redis.call('ZCARD', photos) > 0 then return conflict end
if redis.call('HGET', titles, folded) ~= id then return conflict end
if mode == 'check' then return 1 end

redis.call('DEL', rights)
if redis.call('SREM', public, id) == 1 then redis.call('HSET', rights, '*', 'read') end
for n = 10, #KEYS do
  local right = redis.call('HGET', KEYS[n], id)
  if right then
    redis.call('HSET', rights, ARGV[n - 2], right)
    redis.call('HDEL', KEYS[n], id)
  end
end
redis.call('HINCRBY', KEYS[9], 'version', 1)
redis.call('HDEL', titles, folded)
redis.call('SREM', albums, id)
redis.call('ZADD', deleted, now, id)
redis.call('HSET', info, 'deleted', now)
redis.call('XADD', events, 'MAXLEN', '~', 1000, '*', 'what', 'deleted', 'album', id, 'by', by, 'change', change,
  'to', redis.call('HGET', info, 'title'))
return 1

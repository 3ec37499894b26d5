--[[
  Brings an album back from the trash, with its photos and the rights that people had on it.

  KEYS[1]  titles           hash: folded title -> album id
  KEYS[2]  albums           set
  KEYS[3]  deleted albums   zset: album by time
  KEYS[4]  public           set
  KEYS[5]  info             hash of the album
  KEYS[6]  rights           hash of the album
  KEYS[7]  events of the book of albums  stream
  KEYS[8]  who may what     hash with the version
  KEYS[9..] grants of each account and group, in the order of ARGV
  ARGV[1]  account
  ARGV[2]  id of the act
  ARGV[3]  mode
  ARGV[4]  id of the album
  ARGV[5]  title that it gets
  ARGV[6]  the same, folded
  ARGV[7..] accounts and groups

  Returns 1; 0 where the title is taken.
  Errors: NOT_FOUND the album is not in the trash
]]
local titles, albums, deleted, public, info, rights, events =
  KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7]
local by, change, mode, id, title, folded = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]

if not redis.call('ZSCORE', deleted, id) or redis.call('HEXISTS', info, 'purging') == 1 then
  return redis.error_reply('NOT_FOUND The album is not in the trash any more.')
end
if redis.call('HGET', titles, folded) then return 0 end
if mode == 'check' then return 1 end

if redis.call('HGET', rights, '*') then redis.call('SADD', public, id) end
for n = 9, #KEYS do
  local right = redis.call('HGET', rights, ARGV[n - 2])
  if right then redis.call('HSET', KEYS[n], id, right) end
end
redis.call('DEL', rights)
redis.call('HINCRBY', KEYS[8], 'version', 1)
redis.call('HSET', titles, folded, id)
redis.call('SADD', albums, id)
redis.call('ZREM', deleted, id)
redis.call('HSET', info, 'title', title)
redis.call('HDEL', info, 'deleted')
redis.call('XADD', events, 'MAXLEN', '~', 1000, '*', 'what', 'album-restored', 'album', id, 'by', by, 'change', change,
  'to', title)
return 1

--[[
  Brings an album back from the trash, with its photos and the rights that accounts had on it.

  KEYS[1]  acts             stream of the account
  KEYS[2]  titles           hash: folded title -> album id
  KEYS[3]  albums           set
  KEYS[4]  deleted albums   zset: album by time
  KEYS[5]  public           set
  KEYS[6]  info             hash of the album
  KEYS[7]  kept rights      hash, where only administrators can write
  KEYS[8]  events           stream of the list of albums
  KEYS[9]  who may what     hash with the version
  KEYS[10] purging          set of the albums that leave the trash for good
  KEYS[11..] grants of each account and group, in the order of ARGV
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
local acts, titles, albums, deleted, public, info, rights, events =
  KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8]
local by, change, mode, id, title, folded = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]

if not redis.call('ZSCORE', deleted, id) or redis.call('SISMEMBER', KEYS[10], id) == 1 then
  return refuse('NOT_FOUND', 'albumNotInTrash')
end
make_all_sound(titles, 'hash', albums, 'set', info, 'hash')
local owner = redis.call('HGET', titles, folded)
if owner and owner ~= id then return 0 end
if mode == 'check' then return 1 end

if redis.call('HGET', rights, '*') then redis.call('SADD', public, id) end
for n = 11, #KEYS do
  local right = redis.call('HGET', rights, ARGV[n - 4])
  if right then redis.call('HSET', KEYS[n], id, right) end
end
redis.call('DEL', rights)
redis.call('HINCRBY', KEYS[9], 'version', 1)
redis.call('HSET', titles, folded, id)
redis.call('SADD', albums, id)
redis.call('ZREM', deleted, id)
redis.call('HSET', info, 'title', title)
redis.call('HDEL', info, 'deleted')
tell(acts, events, 'album-restored', by, change, { 'album', id, 'to', title })
return 1

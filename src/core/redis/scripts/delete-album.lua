--[[
  Puts an album into the trash, its photos with it. Who had which right on it is kept for the day that it comes back.

  KEYS[1]  acts             stream of the account
  KEYS[2]  titles           hash: folded title -> album id
  KEYS[3]  albums           set
  KEYS[4]  deleted albums   zset: album by time
  KEYS[5]  public           set
  KEYS[6]  info             hash of the album
  KEYS[7]  kept rights      hash, where only administrators can write
  KEYS[8]  photos           zset of the album
  KEYS[9]  events           stream of the list of albums
  KEYS[10] who may what     hash with the version
  KEYS[11..] grants of each account and group, in the order of ARGV
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
local acts, titles, albums, deleted, public, info, rights, photos, events =
  KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8], KEYS[9]
local by, change, mode, id, folded, now = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]

make_all_sound(titles, 'hash', albums, 'set')
if redis.call('SISMEMBER', albums, id) == 0 or type_of(info) ~= 'hash' then return album_gone() end
if ARGV[7] == 'empty' and redis.call('EXISTS', photos) == 1 then return conflict() end
if mode ~= 'free' and redis.call('HGET', titles, folded) ~= id then return conflict() end
if mode == 'check' then return 1 end

redis.call('DEL', rights)
if redis.call('SREM', public, id) == 1 then redis.call('HSET', rights, '*', 'read') end
for n = 11, #KEYS do
  local right = redis.call('HGET', KEYS[n], id)
  if right then
    redis.call('HSET', rights, ARGV[n - 3], right)
    redis.call('HDEL', KEYS[n], id)
  end
end
redis.call('HINCRBY', KEYS[10], 'version', 1)
if redis.call('HGET', titles, folded) == id then redis.call('HDEL', titles, folded) end
redis.call('SREM', albums, id)
redis.call('ZADD', deleted, now, id)
redis.call('HSET', info, 'deleted', now)
tell(acts, events, 'deleted', by, change, { 'album', id, 'to', redis.call('HGET', info, 'title') or '' })
return 1

--[[
  Takes a photo away that was added by a first look, and whose file turned out to hold no picture. One that stands with others in a
  stack, or is in the trash, stays.

  KEYS[1]  acts      stream of the account
  KEYS[2]  photos    zset of the album: photo id by time taken
  KEYS[3]  events    stream of the album
  KEYS[4]  library   hash: path -> entry
  KEYS[5]  photo     hash
  KEYS[6]  prefix of the album's tag keys
  KEYS[7]  tags      zset of the album: tag -> how many photos
  KEYS[8]  tagnames  hash of the album
  ARGV[1]  account
  ARGV[2]  photo id
  ARGV[3]  path
  ARGV[4]  its entry as it is known

  Returns whether it is gone.
]]
local acts, photos, events, library, photo = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local by, id, path, entry = ARGV[1], ARGV[2], ARGV[3], ARGV[4]

make_all_sound(photos, 'zset', library, 'hash')
local score = redis.call('ZSCORE', photos, id)
if not score or type_of(photo) ~= 'hash' or redis.call('HGET', library, path) ~= entry then return 0 end
if redis.call('HEXISTS', photo, 'stack') == 1 then return 0 end
local index = new_index(KEYS[6], KEYS[7], KEYS[8])
note_tags(index, id, score, redis.call('HGET', photo, 'tags'), nil)
redis.call('ZREM', photos, id)
redis.call('DEL', photo)
redis.call('HDEL', library, path)
write_index(index, names_in(KEYS[8]))
tell(acts, events, 'purged', by, '', about({ id }))
return 1

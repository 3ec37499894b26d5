--[[
  Hides a comment, or shows it again. The comment itself stays as its writer left it.

  KEYS[1]  hidden comments of the album
  KEYS[2]  events of what is said in the album
  ARGV[1]  writer and number of the comment
  ARGV[2]  account that hides it; empty: it is shown again

  Returns 1.
]]
make_all_sound(KEYS[1], 'hash', KEYS[2], 'stream')
if ARGV[2] == '' then redis.call('HDEL', KEYS[1], ARGV[1]) else redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) end
append(KEYS[2], 1000, { 'photo', '' })
return 1

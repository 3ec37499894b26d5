--[[
  Hides a comment, or shows it again. The comment itself stays as its writer left it.

  KEYS[1]  hidden comments of the album
  ARGV[1]  events of what is said in the album. Another selector lets the caller write there than in the album (acl-rules.ts), so
           that it is no key; that comes first, so that Redis refuses before anything is changed.
  ARGV[2]  writer and number of the comment
  ARGV[3]  account that hides it; empty: it is shown again

  Returns 1.
]]
make_all_sound(KEYS[1], 'hash', ARGV[1], 'stream')
append(ARGV[1], 1000, { 'photo', '' })
if ARGV[3] == '' then redis.call('HDEL', KEYS[1], ARGV[2]) else redis.call('HSET', KEYS[1], ARGV[2], ARGV[3]) end
return 1

--[[
  Takes what one account said of photos along to the album that they are in now, with who hid it.

  KEYS[1]  comments of the account in the album that they were in
  KEYS[2]  comments of the account in the album that they are in
  KEYS[3]  hidden comments of the one
  KEYS[4]  hidden comments of the other
  KEYS[5]  events of what is said in the one
  KEYS[6]  events of what is said in the other
  ARGV[1]  writer
  ARGV[2]  how many numbers an account has for an album
  ARGV[3..] numbers of the comments

  Returns how many went; one that finds no number stays.
]]
local from, to, hidden_from, hidden_to = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local writer, most = ARGV[1], tonumber(ARGV[2])

make_all_sound(from, 'hash', to, 'hash', hidden_from, 'hash', hidden_to, 'hash', KEYS[5], 'stream', KEYS[6], 'stream')
local last = tonumber(redis.call('HGET', to, 'last') or 0) or most
local went = 0
for n = 3, #ARGV do
  local number = ARGV[n]
  local comment = redis.call('HGET', from, number)
  if comment and last >= 0 and last < most then
    last, went = last + 1, went + 1
    local new = string.format('%d', last)
    redis.call('HSET', to, 'last', new, new, comment)
    redis.call('HDEL', from, number)
    local by = redis.call('HGET', hidden_from, writer .. '/' .. number)
    if by then
      redis.call('HSET', hidden_to, writer .. '/' .. new, by)
      redis.call('HDEL', hidden_from, writer .. '/' .. number)
    end
  end
end
if went > 0 then
  append(KEYS[5], 1000, { 'photo', '' })
  append(KEYS[6], 1000, { 'photo', '' })
end
return went

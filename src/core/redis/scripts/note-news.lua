--[[
  Notes news that accounts are to be told of by mail, and until when all that happened was looked at. Of several servers that looked
  at the same time one notes what it found.

  KEYS[1]    run     hash with `until`
  KEYS[2..]  news    hash of each account: piece of news -> since when it waits, when the last came, how many there are
  ARGV[1]    until when it was looked before, in milliseconds since 1970; empty: news from elsewhere, whatever was looked at
  ARGV[2]    until when it was looked now
  ARGV[3]    for how long news are kept, in seconds
  ARGV[4]    pieces of news of one account at most; what is beyond counts as `more`
  ARGV[5]    the time, in milliseconds since 1970
  ARGV[6..]  for each account: how many pieces, then piece and how many, in turn

  Returns 1, or 0 where another server was there before.
]]
local run, before, now, seconds, most, time = KEYS[1], ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5]

local function note(news, piece, amount)
  local known = redis.call('HGET', news, piece)
  if not known and piece ~= 'more' and redis.call('HLEN', news) >= most then return note(news, 'more', amount) end
  local since, count = string.match(known or '', '^(%d+) %d+ (%d+)$')
  redis.call('HSET', news, piece, string.format('%s %s %d', since or time, time, (tonumber(count) or 0) + amount))
end

if before ~= '' then
  if redis.call('HGET', run, 'until') ~= before then return 0 end
  redis.call('HSET', run, 'until', now)
  redis.call('EXPIRE', run, seconds)
end
local at = 6
for n = 2, #KEYS do
  local pieces = tonumber(ARGV[at])
  for piece = at + 1, at + 2 * pieces, 2 do
    note(KEYS[n], ARGV[piece], tonumber(ARGV[piece + 1]))
  end
  redis.call('EXPIRE', KEYS[n], seconds)
  at = at + 1 + 2 * pieces
end
return 1

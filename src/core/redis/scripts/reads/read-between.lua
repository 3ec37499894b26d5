--[[
  The photo ids in sorted sets between two scores, both counted in, and how many stand before them.

  KEYS[1..] sorted sets
  ARGV[1]   score that the first one has at least, or at most where they are counted from the end
  ARGV[2]   score of the last one, in the same way
  ARGV[3]   'REV' to count from the end, or empty
  ARGV[4]   ids of each set at most; 0 to be told no more than how many stand before

  Returns, as JSON, for each set how many stand before, then ids and scores in turn; what is no id is an empty text. -1 where
  the key is of another type.
]]
local from, to, backward, most = ARGV[1], ARGV[2], ARGV[3] == 'REV', tonumber(ARGV[4])

local function range(key, last, count, ...)
  if backward then return ask('ZRANGE', key, from, last, 'BYSCORE', 'REV', 'LIMIT', 0, count, ...) end
  return ask('ZRANGE', key, from, last, 'BYSCORE', 'LIMIT', 0, count, ...)
end

local answers = {}
for n, key in ipairs(KEYS) do
  local first = range(key, backward and '-inf' or '+inf', 1)
  local answer = damaged
  if first ~= damaged then
    local before
    if first[1] then
      before = redis.call(backward and 'ZREVRANK' or 'ZRANK', key, first[1])
    else
      before = redis.call('ZCARD', key)
    end
    answer = { tostring(before) }
    for at, text in ipairs(most > 0 and range(key, to, most, 'WITHSCORES') or {}) do
      answer[at + 1] = at % 2 == 1 and not is_id(text) and '' or text
    end
  end
  answers[n] = answer
end
return pack(answers)

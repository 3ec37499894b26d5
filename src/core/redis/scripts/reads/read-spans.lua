--[[
  How many members sorted sets have, and between which scores.

  KEYS[1..] sorted sets

  Returns, as JSON, for each set its size and its lowest and highest score, 0 for an empty one; -1 where the key is of another
  type.
]]
local answers = {}
for n, key in ipairs(KEYS) do
  local size = ask('ZCARD', key)
  answers[n] = size
  if size ~= damaged and size > 0 then
    local lowest = redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')
    local highest = size == 1 and lowest or redis.call('ZRANGE', key, -1, -1, 'WITHSCORES')
    answers[n] = { tostring(size), lowest[2], highest[2] }
  end
end
return pack(answers)

--[[
  How many members sorted sets have.

  KEYS[1..] sorted sets

  Returns the numbers; -1 where the key is of another type.
]]
local answers = {}
for n, key in ipairs(KEYS) do
  answers[n] = ask('ZCARD', key)
end
return answers

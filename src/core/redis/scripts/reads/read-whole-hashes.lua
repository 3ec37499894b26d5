--[[
  All that stands in hashes which only administrators write.

  KEYS[1..] hashes

  Returns, as JSON, for each hash its fields and values in turns; 0 for one that is not there, -1 where the key is of another
  type.
]]
local answers = {}
for n, key in ipairs(KEYS) do
  answers[n] = ask('HGETALL', key)
end
return pack(answers)

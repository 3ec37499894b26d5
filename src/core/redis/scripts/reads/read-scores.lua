--[[
  What sorted sets say of photo ids.

  KEYS[1..] sorted sets
  ARGV[1..] ids

  Returns for each set the scores in the order of the ids, absent ones as nil; -1 where the key is of another type.
]]
local answers = {}
for n, key in ipairs(KEYS) do
  answers[n] = ask('ZMSCORE', key, unpack(ARGV))
end
return answers

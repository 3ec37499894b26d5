--[[
  Where streams end.

  KEYS[1..] streams

  Returns the id of each one's last entry, empty where there is none; -1 where the key is of another type.
]]
local answers = {}
for n, key in ipairs(KEYS) do
  local entries = ask('XREVRANGE', key, '+', '-', 'COUNT', 1)
  answers[n] = entries == damaged and damaged or entries[1] and entries[1][1] or ''
end
return answers

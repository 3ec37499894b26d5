--[[
  Entries of streams. Those with more fields, or longer values, than any that Cimaise writes have no fields in the answer.

  KEYS[1..] streams
  ARGV[1]   'XRANGE' | 'XREVRANGE'
  ARGV[2]   first id
  ARGV[3]   last id
  ARGV[4]   entries of each stream at most
  ARGV[5]   bytes that a value has at most

  Returns for each stream its entries: id, then fields and values in turn; -1 where the key is of another type.
]]
local max_fields, most = 40, tonumber(ARGV[5])

local function is_plain(fields)
  if #fields > max_fields then return false end
  for _, text in ipairs(fields) do
    if #text > most then return false end
  end
  return true
end

local answers = {}
for n, key in ipairs(KEYS) do
  local entries = ask(ARGV[1], key, ARGV[2], ARGV[3], 'COUNT', ARGV[4])
  if entries ~= damaged then
    for _, entry in ipairs(entries) do
      if not is_plain(entry[2]) then entry[2] = {} end
    end
  end
  answers[n] = entries
end
return answers

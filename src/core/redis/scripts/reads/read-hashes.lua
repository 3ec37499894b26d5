--[[
  Fields of hashes. Values that are longer than they may be count as absent.

  KEYS[1..] hashes
  ARGV[1..] fields, each with the bytes that its value has at most

  Returns, as JSON, for each hash its values in the order of the fields, absent ones as false; -1 where the key is of
  another type.
]]
local fields, most = {}, {}
for n = 1, #ARGV, 2 do
  fields[#fields + 1], most[#most + 1] = ARGV[n], tonumber(ARGV[n + 1])
end

-- Only a packed hash is known to hold nothing long: of any other, each length is asked for before the value.
local function read_long(key)
  local values = {}
  for n, field in ipairs(fields) do
    local length = ask('HSTRLEN', key, field)
    if length == damaged then return damaged end
    values[n] = length > 0 and length <= most[n] and redis.call('HGET', key, field)
  end
  return values
end

local answers = {}
for n, key in ipairs(KEYS) do
  -- Sets are tables too: of them, the first length that is asked for tells that they are of another type.
  local is_table = redis.pcall('OBJECT', 'ENCODING', key) == 'hashtable'
  answers[n] = is_table and read_long(key) or ask('HMGET', key, unpack(fields))
end
return pack(answers)

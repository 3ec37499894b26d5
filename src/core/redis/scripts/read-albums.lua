--[[
  The albums in sets of their ids that are there. Accounts write some of these sets themselves: what is no id of theirs, or
  of no album, is left out.

  KEYS[1..] in turn a set, and what the keys of the albums begin with whose ids begin as in ARGV
  ARGV[1]   ids of a set that are looked at, at most
  ARGV[2..] what the ids of each set begin with, or empty where only administrators write it

  Returns for each set the ids, of those that accounts write such as have a title; -1 where the key is of another type.
]]
local most = tonumber(ARGV[1])

-- All members of a set; of one that is too large, so many as are looked at.
local function members_of(set)
  local size = ask('SCARD', set)
  if size == damaged then return damaged end
  if size <= most then return redis.call('SMEMBERS', set) end
  local found, cursor = {}, '0'
  repeat
    local reply = redis.call('SSCAN', set, cursor, 'COUNT', 1000)
    cursor = reply[1]
    for _, member in ipairs(reply[2]) do
      found[#found + 1] = member
    end
  until cursor == '0' or #found >= most
  return found
end

local function is_made(id, stem, keys)
  if string.sub(id, 1, #stem) ~= stem then return false end
  return redis.pcall('HEXISTS', keys .. string.sub(id, #stem + 1) .. ':info', 'title') == 1
end

local answers = {}
for n = 1, #KEYS / 2 do
  local stem, answer = ARGV[n + 1], {}
  local members = members_of(KEYS[2 * n - 1])
  if members == damaged then
    answer = damaged
  else
    for _, id in ipairs(members) do
      if is_album_id(id) and (stem == '' or is_made(id, stem, KEYS[2 * n])) then answer[#answer + 1] = id end
    end
  end
  answers[n] = answer
end
return answers

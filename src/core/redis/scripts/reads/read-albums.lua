--[[
  The albums, or collections, in sets of their ids that are there. Accounts write some of these sets themselves: what is no id of theirs, or
  of no album, is left out.

  KEYS[1..] in turn a set, the stream that tells of its albums, and what the keys of those albums begin with
  ARGV[1]   ids of a set that are looked at, at most
  ARGV[2..] in turn what the ids of each set begin with, or empty where only administrators write it; and the mark that the
            caller was given when it looked last, or empty

  Returns for each set a mark and then the ids, of those that accounts write such as have a title; -1 where the key is of
  another type, -2 where its size and the end of its stream are those of the mark.
]]
local most = tonumber(ARGV[1])
local same = -2

-- Every change of a set that Cimaise makes is told in its stream.
local function mark_of(size, stream)
  local entries = ask('XREVRANGE', stream, '+', '-', 'COUNT', 1)
  local last = entries ~= damaged and entries[1] and entries[1][1] or ''
  return size .. ' ' .. last
end

-- All members of a set; of one that is too large, so many as are looked at.
local function members_of(set, size)
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

-- Albums and collections have ids of different forms, so that none passes for the other.
local function is_id_for(keys, text)
  if string.find(keys, '}:collection', 1, true) then return is_collection_id(text) end
  return is_album_id(text)
end

local function is_made(id, prefix, keys)
  if string.sub(id, 1, #prefix) ~= prefix then return false end
  return redis.pcall('HEXISTS', keys .. string.sub(id, #prefix + 1) .. ':info', 'title') == 1
end

local answers = {}
for n = 1, #KEYS / 3 do
  local set, stream, keys = KEYS[3 * n - 2], KEYS[3 * n - 1], KEYS[3 * n]
  local prefix, before, answer = ARGV[2 * n], ARGV[2 * n + 1], {}
  local size = ask('SCARD', set)
  local mark = size ~= damaged and mark_of(size, stream)
  if size == damaged then
    answer = damaged
  elseif mark == before then
    answer = same
  else
    answer[1] = mark
    for _, id in ipairs(members_of(set, size)) do
      if is_id_for(keys, id) and (prefix == '' or is_made(id, prefix, keys)) then answer[#answer + 1] = id end
    end
  end
  answers[n] = answer
end
return answers

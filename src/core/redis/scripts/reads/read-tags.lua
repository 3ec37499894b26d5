--[[
  The tags that albums' photos carry.

  KEYS[1..] of each album in turn: tags (zset), tagnames (hash)
  ARGV[1]   tags of an album at most

  Returns, as JSON, for each album each tag, folded, how many photos carry it, and how it is written, in turn, 0 for none; -1
  where a key is of another type.
]]

-- How tags are written; as they are folded where that is not told.
local function names_of(key, tags)
  local names = {}
  for at = 1, #tags, part do
    for m, name in ipairs(redis.call('HMGET', key, unpack(tags, at, math.min(#tags, at + part - 1)))) do
      names[at + m - 1] = name and #name <= max_tag_bytes and name or tags[at + m - 1]
    end
  end
  return names
end

local answers = {}
for n = 1, #KEYS, 2 do
  local flat, answer = ask('ZRANGE', KEYS[n], 0, tonumber(ARGV[1]) - 1, 'REV', 'WITHSCORES'), {}
  if flat == damaged or ask('HLEN', KEYS[n + 1]) == damaged then
    answer = damaged
  else
    local tags, counts = {}, {}
    for at = 1, #flat, 2 do
      if #flat[at] <= max_tag_bytes then
        tags[#tags + 1] = flat[at]
        counts[#tags] = flat[at + 1]
      end
    end
    local names = names_of(KEYS[n + 1], tags)
    for m, tag in ipairs(tags) do
      answer[3 * m - 2], answer[3 * m - 1], answer[3 * m] = tag, counts[m], names[m]
    end
  end
  answers[(n + 1) / 2] = answer
end
return pack(answers)

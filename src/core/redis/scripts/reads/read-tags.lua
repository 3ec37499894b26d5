--[[
  The tags that albums' photos carry, and the branches above them.

  KEYS[1..] of each album in turn: tags (zset), tagnames (hash), prefix of tag keys
  ARGV[1]   tags of an album at most

  Returns, as JSON, for each album each tag, folded, how many photos carry it, how many carry it or one below it, and how it is
  written, in turn, 0 for none; -1 where a key is of another type.
]]
local most = tonumber(ARGV[1])

-- Adds the branches above tags to these, and the tags that have others below them to the answer.
local function add_branches(tags, counts)
  local known, above = {}, {}
  for _, tag in ipairs(tags) do
    known[tag] = true
  end
  for n = 1, #tags do
    for at in string.gmatch(tags[n], '()/') do
      local branch = string.sub(tags[n], 1, at - 1)
      above[branch] = true
      if not known[branch] and #tags < most then
        known[branch] = true
        tags[#tags + 1] = branch
        counts[#tags] = '0'
      end
    end
  end
  return above
end

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
for n = 1, #KEYS, 3 do
  local flat, answer = ask('ZRANGE', KEYS[n], 0, most - 1, 'REV', 'WITHSCORES'), {}
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
    local above = add_branches(tags, counts)
    local names = names_of(KEYS[n + 1], tags)
    for m, tag in ipairs(tags) do
      local within = above[tag] and ask('ZCARD', KEYS[n + 2] .. tag) or damaged
      answer[4 * m - 3], answer[4 * m - 2] = tag, counts[m]
      answer[4 * m - 1], answer[4 * m] = within == damaged and counts[m] or tostring(within), names[m]
    end
  end
  answers[(n + 2) / 3] = answer
end
return pack(answers)

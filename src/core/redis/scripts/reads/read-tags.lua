--[[
  The tags that albums' photos carry.

  KEYS[1..] of each album in turn: tags (zset), tagnames (hash)
  ARGV[1]   tags of an album at most

  Returns for each album each tag, folded, how many photos carry it, and how it is written, in turn; -1 where a key is of
  another type.
]]
local answers = {}
for n = 1, #KEYS, 2 do
  local flat, answer = ask('ZRANGE', KEYS[n], 0, tonumber(ARGV[1]) - 1, 'REV', 'WITHSCORES'), {}
  if flat == damaged or ask('HLEN', KEYS[n + 1]) == damaged then
    answer = damaged
  else
    local name_of = names_in(KEYS[n + 1])
    for at = 1, #flat, 2 do
      local tag = flat[at]
      if #tag <= max_tag_bytes then
        local m = #answer
        answer[m + 1], answer[m + 2], answer[m + 3] = tag, flat[at + 1], name_of(tag)
      end
    end
  end
  answers[(n + 1) / 2] = answer
end
return answers

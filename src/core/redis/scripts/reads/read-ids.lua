--[[
  A range of the photo ids in sorted sets. What is no id keeps its index, as an empty text.

  KEYS[1..] sorted sets
  ARGV[1]   first index
  ARGV[2]   last index; -1 for the end
  ARGV[3]   'REV' to count from the end, or empty

  Returns, as JSON, for each set ids and scores in turn, 0 for none; -1 where the key is of another type.
]]
local answers = {}
for n, key in ipairs(KEYS) do
  local flat
  if ARGV[3] == 'REV' then
    flat = ask('ZRANGE', key, ARGV[1], ARGV[2], 'REV', 'WITHSCORES')
  else
    flat = ask('ZRANGE', key, ARGV[1], ARGV[2], 'WITHSCORES')
  end
  if flat ~= damaged then
    for at = 1, #flat, 2 do
      if not is_id(flat[at]) then flat[at] = '' end
    end
  end
  answers[n] = flat
end
return pack(answers)

--[[
  Comments of some accounts on an album. What is longer than a comment can be is left out.

  KEYS[1..] comments of an account in the album, a hash each (write-comment.lua)
  ARGV[1]   id of a photo; empty: of the album itself; `*`: of all
  ARGV[2]   the highest number that a comment has
  ARGV[3]   bytes that a comment has at most
  ARGV[4]   bytes of all together at most
  ARGV[5]   `heads`: without their texts

  Returns, as JSON, for each hash number and comment in turn; 0 where there is none, -1 where the key is of another type.
]]
local photo, most, most_bytes, room, heads = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5] == 'heads'

local function comments_in(key)
  local length = ask('HSTRLEN', key, 'last')
  if length == damaged then return damaged end
  local last = length > 0 and length <= 10 and tonumber(redis.call('HGET', key, 'last')) or 0
  local found = {}
  for number = 1, math.min(last, most) do
    local bytes = redis.call('HSTRLEN', key, number)
    if bytes > 0 and bytes <= most_bytes then
      local comment = redis.call('HGET', key, number)
      if photo == '*' or string.sub(comment, 1, #photo + 1) == photo .. '\t' then
        if heads then comment = string.match(comment, '^%w*\t%d*\t') or '' end
        room = room - #comment - 8
        if room < 0 then return found end
        found[#found + 1] = string.format('%d', number)
        found[#found + 1] = comment
      end
    end
  end
  return found
end

local answers = {}
for n, key in ipairs(KEYS) do
  answers[n] = comments_in(key)
end
return pack(answers)

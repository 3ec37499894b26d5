--[[
  Removes photos from an album's trash for good.

  KEYS[1]  trash
  KEYS[2]  stem of photo keys
  KEYS[3]  events
  ARGV[1]  account
  ARGV[2]  id of the act
  ARGV[3]  removed until then only, in milliseconds since 1970
  ARGV[4..] photo ids

  Returns the ids of the photos that are gone.
]]
local trash, photo, events = KEYS[1], KEYS[2], KEYS[3]
local by, change, limit = ARGV[1], ARGV[2], tonumber(ARGV[3])

local ids = {}
for n = 4, #ARGV do
  local score = redis.call('ZSCORE', trash, ARGV[n])
  if score and tonumber(score) <= limit then
    redis.call('DEL', photo .. ARGV[n])
    redis.call('ZREM', trash, ARGV[n])
    ids[#ids + 1] = ARGV[n]
  end
end
if #ids > 0 then tell(events, 'purged', by, change, ids) end
return ids

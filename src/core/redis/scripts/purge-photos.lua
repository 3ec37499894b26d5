--[[
  Removes photos from an album's trash for good.

  KEYS[1]  acts
  KEYS[2]  trash
  KEYS[3]  prefix of photo keys
  KEYS[4]  events
  ARGV[1]  account
  ARGV[2]  id of the act
  ARGV[3]  removed until then only, in milliseconds since 1970
  ARGV[4..] photo ids

  Returns the ids of the photos that are gone.
]]
local acts, trash, photo, events = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local by, change, limit = ARGV[1], ARGV[2], tonumber(ARGV[3])

make_sound(trash, 'zset')
local ids = {}
for _, id in ipairs(values_from(ARGV, 4)) do
  local score = redis.call('ZSCORE', trash, id)
  if score and tonumber(score) <= limit then
    redis.call('DEL', photo .. id)
    redis.call('ZREM', trash, id)
    ids[#ids + 1] = id
  end
end
if #ids > 0 then tell(acts, events, 'purged', by, change, about(ids)) end
return ids

--[[
  Removes photos from an album's trash for good, with what is behind them.

  KEYS[1]  acts
  KEYS[2]  trash
  KEYS[3]  prefix of photo keys
  KEYS[4]  events
  KEYS[5]  behind
  ARGV[1]  account
  ARGV[2]  id of the act
  ARGV[3]  removed until then only, in milliseconds since 1970
  ARGV[4..] photo ids

  Returns the ids of the photos that are gone.
]]
local acts, trash, photo, events, behind = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local by, change, limit = ARGV[1], ARGV[2], tonumber(ARGV[3])

make_sound(trash, 'zset')
local ids = {}
for _, id in ipairs(values_from(ARGV, 4)) do
  local score = redis.call('ZSCORE', trash, id)
  if score and tonumber(score) <= limit then
    local stack = redis.pcall('HGET', photo .. id, 'stack')
    for _, one in ipairs(find_behind(behind, photo, id, type(stack) == 'string' and stack)) do
      redis.call('DEL', photo .. one.id)
      redis.call('ZREM', behind, one.id)
    end
    redis.call('DEL', photo .. id)
    redis.call('ZREM', trash, id)
    ids[#ids + 1] = id
  end
end
if #ids > 0 then tell(acts, events, 'purged', by, change, about(ids)) end
return ids

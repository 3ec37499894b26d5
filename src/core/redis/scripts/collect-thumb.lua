--[[
  Removes a thumbnail that no photo shows, unless it was written a moment ago: its photo may be on the way.

  KEYS[1]  thumbnail
  ARGV[1]  seconds to live that only a young one still has

  Returns 1 where it is gone.
]]
if redis.call('TTL', KEYS[1]) > tonumber(ARGV[1]) then return 0 end
return redis.call('UNLINK', KEYS[1])

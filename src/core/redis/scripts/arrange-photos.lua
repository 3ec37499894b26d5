--[[
  Puts photos of a collection between two others. Where there is no room between these, all get new places, and stay in their order.

  KEYS[1]  acts    stream of the account
  KEYS[2]  info    hash of the collection
  KEYS[3]  photos  zset of the collection
  KEYS[4]  events  stream of the collection
  ARGV[1]  account
  ARGV[2]  id of the act
  ARGV[3]  mode
  ARGV[4]  id of the photo before them, or empty: they come first
  ARGV[5]  id of the photo behind them, or empty: they come last
  ARGV[6]  photos that a collection holds at most
  ARGV[7..] ids, in their new order

  Returns id and former place of each that has another place now, in turn.
  Errors: NOT_FOUND no such collection; CONFLICT
]]
local acts, info, photos, events = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local by, change, mode, after, before, most = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], tonumber(ARGV[6])

if not is_live(info) then return collection_gone() end
make_sound(photos, 'zset')
if redis.call('ZCARD', photos) > most then return refuse('INVALID', 'collectionFull', { most = tostring(most) }) end
local place_of, moving, asked, rest = {}, {}, {}, {}
local order = redis.call('ZRANGE', photos, 0, -1, 'WITHSCORES')
for n = 1, #order, 2 do
  place_of[order[n]] = tonumber(order[n + 1])
end
for _, id in ipairs(values_from(ARGV, 7)) do
  if place_of[id] and not asked[id] then moving[#moving + 1] = id end
  asked[id] = true
end
for n = 1, #order, 2 do
  if not asked[order[n]] then rest[#rest + 1] = order[n] end
end
local index_of = {}
for n, id in ipairs(rest) do index_of[id] = n end
-- Where they go: before the one, or else behind the other.
local at = index_of[before] or (index_of[after] and index_of[after] + 1)
if not at and before == '' then at = #rest + 1 end
if not at and after == '' then at = 1 end
if not at then return conflict() end
if mode == 'check' or #moving == 0 then return {} end

local left, right = rest[at - 1] and place_of[rest[at - 1]], rest[at] and place_of[rest[at]]
local new, result = {}, {}
local first = left or (right and right - #moving - 1) or 0
local step = left and right and (right - left) / (#moving + 1) or 1
-- Numbers of 17 digits are written as what they are, so that half a step of a millionth is still one.
if step > 1e-6 then
  for n, id in ipairs(moving) do
    new[#new + 1] = { id = id, score = string.format('%.17g', first + n * step) }
  end
else
  for n = 1, #rest + 1 do
    for _, id in ipairs(n == at and moving or {}) do new[#new + 1] = { id = id, score = #new + 1 } end
    if rest[n] then new[#new + 1] = { id = rest[n], score = #new + 1 } end
  end
end
for _, one in ipairs(new) do
  result[#result + 1] = one.id
  result[#result + 1] = string.format('%.17g', place_of[one.id])
end
call_in_parts('ZADD', photos, places_of(new), 2)
tell(acts, events, 'arranged', by, change, about(moving))
return result

--[[
  Puts photos into a collection, or those that are in it at other places.

  KEYS[1]  acts    stream of the account
  KEYS[2]  info    hash of the collection
  KEYS[3]  photos  zset of the collection
  KEYS[4]  events  stream of the collection
  ARGV[1]  account
  ARGV[2]  id of the act
  ARGV[3]  mode
  ARGV[4]  photos that a collection holds at most
  ARGV[5..] for each photo: id, place (or empty: behind the last one, where it is not in the collection yet)

  Returns id and former place, or an empty text, of each photo that came or changed its place, in turn.
  Errors: NOT_FOUND no such collection; INVALID too many, or a smart album, which takes none
]]
local acts, info, photos, events = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local by, change, mode, most = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])

if not is_live(info) then return collection_gone() end
if is_smart(info) then return refuse('INVALID', 'smartAlbumTakesNone') end
make_sound(photos, 'zset')
local ids, places = {}, {}
for n = 5, math.min(#ARGV, 4 + 2 * max_photos), 2 do
  ids[#ids + 1] = ARGV[n]
  places[#places + 1] = ARGV[n + 1]
end
local last, result, gained, seen = last_place(photos), {}, 0, {}
local new = {}
for n, score in ipairs(scores_in(photos, ids)) do
  local id, place = ids[n], places[n]
  if not seen[id] and (not score or (place ~= '' and tonumber(place) ~= tonumber(score))) then
    if place == '' then
      last = last + 1
      place = last
    end
    if not score then gained = gained + 1 end
    new[#new + 1] = { id = id, score = place }
    result[#result + 1] = id
    result[#result + 1] = score or ''
  end
  seen[id] = true
end
if redis.call('ZCARD', photos) + gained > most then
  return refuse('INVALID', 'collectionFull', { most = tostring(most) })
end
if mode == 'check' or #new == 0 then return {} end

call_in_parts('ZADD', photos, places_of(new), 2)
tell(acts, events, gained > 0 and 'collected' or 'arranged', by, change, about(ids_of(new)))
return result

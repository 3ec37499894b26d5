--[[
  Takes photos out of a collection. They stay in their albums.

  KEYS[1]  acts    stream of the account
  KEYS[2]  info    hash of the collection
  KEYS[3]  photos  zset of the collection
  KEYS[4]  events  stream of the collection
  ARGV[1]  account
  ARGV[2]  id of the act
  ARGV[3]  mode
  ARGV[4..] ids

  Returns id and former place of each that was in it, in turn.
  Errors: NOT_FOUND no such collection; CONFLICT
]]
local acts, info, photos, events = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local by, change, mode = ARGV[1], ARGV[2], ARGV[3]

if not is_live(info) then return collection_gone() end
make_sound(photos, 'zset')
local ids, gone, result = values_from(ARGV, 4), {}, {}
for n, score in ipairs(scores_in(photos, ids)) do
  if score then
    gone[#gone + 1] = ids[n]
    result[#result + 1] = ids[n]
    result[#result + 1] = score
  end
end
if mode ~= 'free' and #gone < #ids then return conflict() end
if mode == 'check' or #gone == 0 then return {} end

call_in_parts('ZREM', photos, gone)
tell(acts, events, 'uncollected', by, change, about(gone))
return result

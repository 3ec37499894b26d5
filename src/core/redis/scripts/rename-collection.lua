--[[
  Gives a collection another title.

  KEYS[1]  acts    stream of the account
  KEYS[2]  info    hash of the collection
  KEYS[3]  events  stream of the collection
  ARGV[1]  account
  ARGV[2]  id of the act
  ARGV[3]  mode
  ARGV[4]  id of the collection
  ARGV[5]  title
  ARGV[6]  what it must be now (or empty: anything)

  Returns the former title.
  Errors: NOT_FOUND no such collection; CONFLICT
]]
local acts, info, events = KEYS[1], KEYS[2], KEYS[3]
local by, change, mode, id, title, expected = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]

if not is_live(info) then return collection_gone() end
local now = redis.call('HGET', info, 'title') or ''
if mode ~= 'free' and expected ~= '' and expected ~= now then return conflict() end
if mode == 'check' or now == title then return now end

redis.call('HSET', info, 'title', title)
tell(acts, events, 'collection-renamed', by, change, about_collection(info, id, 'from', now, 'to', title))
return now

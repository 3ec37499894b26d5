--[[
  Changes what a smart album looks for.

  KEYS[1]  acts    stream of the account
  KEYS[2]  info    hash of the collection
  KEYS[3]  events  stream of the collection
  ARGV[1]  account
  ARGV[2]  id of the act
  ARGV[3]  mode
  ARGV[4]  id of the collection
  ARGV[5]  what it looks for
  ARGV[6]  what that must be now (or empty: anything)

  Returns what it looked for before.
  Errors: NOT_FOUND no such smart album; CONFLICT
]]
local acts, info, events = KEYS[1], KEYS[2], KEYS[3]
local by, change, mode, id, search, expected = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]

if not is_live(info) or not is_smart(info) then return collection_gone() end
local now = redis.call('HGET', info, 'search') or ''
if mode ~= 'free' and expected ~= '' and expected ~= now then return conflict() end
if mode == 'check' or now == search then return now end

redis.call('HSET', info, 'search', search)
tell(acts, events, 'collection-searched', by, change, about_collection(info, id, 'to', redis.call('HGET', info, 'title') or ''))
return now

--[[
  Removes a collection, or takes that back. Its photos stay in their albums; its order and the rights on it are kept for the day
  that it comes back.

  KEYS[1]  acts         stream of the account
  KEYS[2]  collections  set
  KEYS[3]  info         hash of the collection
  KEYS[4]  list         stream of the list of albums and collections
  KEYS[5]  events       stream of the collection
  ARGV[1]  account
  ARGV[2]  id of the act
  ARGV[3]  mode
  ARGV[4]  id of the collection
  ARGV[5]  now, in milliseconds since 1970; empty: it comes back

  Returns 1.
  Errors: NOT_FOUND no such collection; CONFLICT it comes back already
]]
local acts, collections, info, list, events = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local by, change, mode, id, now = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]

make_sound(collections, 'set')
if type_of(info) ~= 'hash' then return collection_gone() end
if now ~= '' and not is_live(info) then return collection_gone() end
if now == '' and is_live(info) then return conflict() end
if mode == 'check' then return 1 end

-- It stays listed, so that it is found once it is to go for good.
redis.call('SADD', collections, id)
if now == '' then redis.call('HDEL', info, 'deleted') else redis.call('HSET', info, 'deleted', now) end
local title = redis.call('HGET', info, 'title') or ''
for _, stream in ipairs({ events, list }) do
  tell(acts, stream, now == '' and 'collection-restored' or 'collection-deleted', by, change, about_collection(info, id, 'to', title))
end
return 1

--[[
  Makes a collection.

  KEYS[1]  acts         stream of the account
  KEYS[2]  collections  set
  KEYS[3]  info         hash of the new collection
  KEYS[4]  list         stream of the list of albums and collections
  ARGV[1]  account
  ARGV[2]  id of the act
  ARGV[3]  id of the new collection
  ARGV[4]  title
  ARGV[5]  time of creation, ISO 8601
  ARGV[6]  what a smart album looks for; empty: it is none

  Returns 1.
]]
local acts, collections, info, list = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local by, change, id, title, created, search = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]

make_all_sound(collections, 'set', info, 'hash')
redis.call('HSET', info, 'title', title, 'created', created, 'by', by)
if search ~= '' then redis.call('HSET', info, 'smart', 1, 'search', search) end
redis.call('SADD', collections, id)
tell(acts, list, 'collection-created', by, change, about_collection(info, id, 'to', title))
return 1

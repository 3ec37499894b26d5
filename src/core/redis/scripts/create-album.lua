--[[
  Makes an album, unless its title is taken or the folder that it is for has one already.

  KEYS[1]  acts     stream of the account
  KEYS[2]  titles   hash: folded title -> album id
  KEYS[3]  albums   set
  KEYS[4]  info     hash of the new album
  KEYS[5]  events   stream of the list of albums
  KEYS[6]  folders  hash: folder -> album id
  ARGV[1]  id of the new album
  ARGV[2]  title
  ARGV[3]  title, folded
  ARGV[4]  time of creation, ISO 8601
  ARGV[5]  account
  ARGV[6]  folder, or empty
  ARGV[7]  id that the folder is mapped to although that album is gone, or empty
  ARGV[8]  id of the act, or empty

  Returns {'made' | 'mapped' | 'taken', album id}: mapped = the folder has that album, taken = that album has the title.
]]
local acts, titles, albums, info, events, folders = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local id, title, folded, created, by, folder, gone = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7]

make_all_sound(titles, 'hash', albums, 'set', folders, 'hash')
if folder ~= '' then
  local mapped = redis.call('HGET', folders, folder)
  if mapped and mapped ~= gone then
    return { 'mapped', mapped }
  end
end

local taken = redis.call('HGET', titles, folded)
if taken then
  return { 'taken', taken }
end

redis.call('HSET', info, 'title', title, 'created', created, 'by', by)
redis.call('SADD', albums, id)
redis.call('HSET', titles, folded, id)
if folder ~= '' then
  redis.call('HSET', folders, folder, id)
end
tell(acts, events, 'created', by, ARGV[8], { 'album', id, 'to', title })
return { 'made', id }

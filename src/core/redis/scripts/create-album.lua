--[[
  Makes an album, unless its title is taken or the folder that it is for has one already.

  KEYS[1]  titles          hash: folded title -> album id
  KEYS[2]  albums          set
  KEYS[3]  info            hash of the new album
  KEYS[4]  gallery events  stream
  KEYS[5]  folders         hash: folder -> album id
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
local titles, albums, info, events, folders = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local id, title, folded, created, by, folder, gone = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7]

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
redis.call('XADD', events, 'MAXLEN', '~', 1000, '*', 'what', 'created', 'album', id, 'by', by, 'change', ARGV[8],
  'to', title)
return { 'made', id }

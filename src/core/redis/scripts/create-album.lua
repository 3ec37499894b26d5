--[[
  Makes an album, unless its title is taken or the folder that it is for has one already.

  KEYS[1]  acts     stream of the account
  KEYS[2]  titles   hash: folded title -> album id
  KEYS[3]  albums   set
  KEYS[4]  prefix   what the keys of albums begin with whose ids begin with ARGV[1]
  KEYS[5]  events   stream of the list of albums
  KEYS[6]  folders  hash: folder -> album id
  KEYS[7]  family   hash: `stem` of the ids that are given now, `order` of the letters behind it, `given`: how many ids it has given
  ARGV[1]  what the id of the new album begins with
  ARGV[2]  title
  ARGV[3]  title, folded
  ARGV[4]  time of creation, ISO 8601
  ARGV[5]  account
  ARGV[6]  folder, or empty
  ARGV[7]  id that the folder is mapped to although that album is gone, or empty
  ARGV[8]  id of the act, or empty
  ARGV[9]  stem of the next family, six letters of chance
  ARGV[10] sixty letters in an order of chance, from which its ids have their last two

  Returns {'made' | 'mapped' | 'taken', album id}: mapped = the folder has that album, taken = that album has the title.
]]
local acts, titles, albums, prefix, events, folders, family = unpack(KEYS)
local begins, title, folded, created, by, folder, gone = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7]

make_all_sound(titles, 'hash', albums, 'set', folders, 'hash', family, 'hash')
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

-- Ids of albums that are made one after the other differ in their last two letters alone, so that few key patterns name exactly those that
-- an account has a right on (acl/merged-ids.ts). Each pair of letters is given once.
local function next_letters()
  local stem, order, given = unpack(redis.call('HMGET', family, 'stem', 'order', 'given'))
  local at, side = tonumber(given or ''), #ARGV[10]
  local is_sound = string.find(stem or '', '^%w%w%w%w%w%w$') and #(order or '') == side and not string.find(order, '%W')
  if not is_sound or not at or at % 1 ~= 0 or at < 0 or at >= side * side then
    stem, order, at = ARGV[9], ARGV[10], 0
    redis.call('HSET', family, 'stem', stem, 'order', order)
  end
  redis.call('HSET', family, 'given', at + 1)
  local row, column = math.floor(at / side) + 1, at % side + 1
  return stem .. string.sub(order, row, row) .. string.sub(order, column, column)
end

local letters = next_letters()
local id = begins .. letters
redis.call('HSET', prefix .. letters .. ':info', 'title', title, 'created', created, 'by', by)
redis.call('SADD', albums, id)
redis.call('HSET', titles, folded, id)
if folder ~= '' then
  redis.call('HSET', folders, folder, id)
end
tell(acts, events, 'created', by, ARGV[8], { 'album', id, 'to', title })
return { 'made', id }

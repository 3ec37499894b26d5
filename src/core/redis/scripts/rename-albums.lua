--[[
  Gives albums other titles: all of them, or none.

  KEYS[1]  acts    stream of the account
  KEYS[2]  titles  hash: folded title -> album id
  KEYS[3]  events  stream of the list of albums
  KEYS[4..] info and events of each album, in turn
  ARGV[1]  account
  ARGV[2]  id of the act
  ARGV[3]  mode
  ARGV[4..] for each album: id, title that it has, the same folded, new title, the same folded

  Errors: NOT_FOUND no such album
          CONFLICT  an album has another title by now, or a new title is taken
]]
local acts, titles, list = KEYS[1], KEYS[2], KEYS[3]
local by, change, mode = ARGV[1], ARGV[2], ARGV[3]

make_sound(titles, 'hash')
local albums, freed, wanted = {}, {}, {}
for n = 4, #ARGV, 5 do
  local i = #albums + 1
  local album = { info = KEYS[2 + 2 * i], events = KEYS[3 + 2 * i], id = ARGV[n], from = ARGV[n + 1],
    old = ARGV[n + 2], to = ARGV[n + 3], new = ARGV[n + 4] }
  local title = is_live(album.info) and redis.call('HGET', album.info, 'title')
  if not title then return album_gone() end
  if title ~= album.from then
    return refuse('CONFLICT', 'albumRenamed', { title = string.sub(title, 1, 800) })
  end
  albums[i] = album
  freed[album.old] = album.id
end
for _, album in ipairs(albums) do
  local owner = redis.call('HGET', titles, album.new)
  if wanted[album.new] or (owner and not freed[album.new]) then
    return refuse('CONFLICT', 'albumTaken', { title = album.to })
  end
  wanted[album.new] = true
end
if mode == 'check' then return 0 end

for _, album in ipairs(albums) do
  redis.call('HDEL', titles, album.old)
end
for _, album in ipairs(albums) do
  redis.call('HSET', titles, album.new, album.id)
  redis.call('HSET', album.info, 'title', album.to)
  for _, stream in ipairs({ album.events, list }) do
    tell(acts, stream, 'renamed', by, change, { 'album', album.id, 'from', album.from, 'to', album.to })
  end
end
return #albums

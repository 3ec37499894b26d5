--[[
  Gives albums other titles: all of them, or none.

  KEYS[1]  titles          hash: folded title -> album id
  KEYS[2]  gallery events  stream
  KEYS[3..] info and events of each album, in turn
  ARGV[1]  account
  ARGV[2]  id of the act
  ARGV[3]  mode
  ARGV[4..] for each album: id, title that it has, the same folded, new title, the same folded

  Errors: NOT_FOUND no such album
          CONFLICT  an album has another title by now, or a new title is taken
]]
local titles, gallery = KEYS[1], KEYS[2]
local by, change, mode = ARGV[1], ARGV[2], ARGV[3]

local albums, freed, wanted = {}, {}, {}
for n = 4, #ARGV, 5 do
  local i = #albums + 1
  local album = { info = KEYS[1 + 2 * i], events = KEYS[2 + 2 * i], id = ARGV[n], from = ARGV[n + 1],
    old = ARGV[n + 2], to = ARGV[n + 3], new = ARGV[n + 4] }
  local title = redis.call('HGET', album.info, 'title')
  if not title or redis.call('HEXISTS', album.info, 'deleted') == 1 then
    return redis.error_reply('NOT_FOUND The album is not there any more.')
  end
  if title ~= album.from then
    return redis.error_reply('CONFLICT Somebody else has renamed this album to “' .. title .. '” meanwhile.')
  end
  albums[i] = album
  freed[album.old] = album.id
end
for _, album in ipairs(albums) do
  local owner = redis.call('HGET', titles, album.new)
  if wanted[album.new] or (owner and not freed[album.new]) then
    return redis.error_reply('CONFLICT There is an album “' .. album.to .. '” already. Choose another title.')
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
  for _, stream in ipairs({ album.events, gallery }) do
    redis.call('XADD', stream, 'MAXLEN', '~', 1000, '*', 'what', 'renamed', 'album', album.id, 'by', by, 'change', change,
      'from', album.from, 'to', album.to)
  end
end
return #albums

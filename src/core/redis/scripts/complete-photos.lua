--[[
  Completes photos that were added by a first look: their files have been read whole. One whose file was completed, lost or
  taken by another process meanwhile is left as it is.

  KEYS[1]  acts      stream of the account
  KEYS[2]  photos    zset of the album: photo id by time taken
  KEYS[3]  events    stream of the album
  KEYS[4]  library   hash: path -> entry
  KEYS[5]  prefix of photo keys
  KEYS[6]  prefix of the album's tag keys
  KEYS[7]  tags      zset of the album: tag -> how many photos
  KEYS[8]  tagnames  hash of the album
  KEYS[9]  behind    zset of the album: photos behind others, by time taken
  ARGV[1]  account
  ARGV[2..] for each photo: the number of its arguments; then id, path, entry, time taken (ms), and what was read of its file
            (includes/follow.lua)

  Returns the ids of the photos that are complete now.
]]
local acts, events, library = KEYS[1], KEYS[3], KEYS[4]
local album = { photos = KEYS[2], behind = KEYS[9], photo = KEYS[5], tag = KEYS[6], tags = KEYS[7], names = KEYS[8] }

make_all_sound(album.photos, 'zset', library, 'hash')

-- The digest of a first look ends with a sign that no other one does (first-digest.ts).
local function is_waiting(id, path)
  local photo, digest, flag =
    string.match(redis.call('HGET', library, path) or '', '^(%w+)\t[^\t]+\t%d+\t%-?%d+\t([%w_%-]+)\t?([^\t]*)')
  return photo == id and string.sub(digest, -1) == '_' and flag ~= 'missing'
end

local done = {}
local at = 2
while ARGV[at] and tonumber(ARGV[at]) do
  local id, path, entry, time = ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], ARGV[at + 4]
  if type_of(album.photo .. id) == 'hash' and is_waiting(id, path) then
    follow_file(album, id, time, ARGV, at + 5)
    redis.call('HSET', library, path, entry)
    done[#done + 1] = id
  end
  at = at + 1 + math.max(5, tonumber(ARGV[at]))
end
if #done > 0 then tell(acts, events, 'completed', ARGV[1], '', about(done)) end
return done

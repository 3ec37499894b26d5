--[[
  Adds photos to an album: whole, or not at all where another process took the same path in meanwhile.

  KEYS[1]   acts      stream of the account
  KEYS[2]   info      hash of the album
  KEYS[3]   photos    zset of the album: photo id by time taken
  KEYS[4]   events    stream of the album
  KEYS[5]   library   hash: path -> entry
  KEYS[6]   failures  hash: path -> failure
  KEYS[7]   prefix of the album's tag keys
  KEYS[8]   tags      zset of the album: tag -> how many photos
  KEYS[9]   tagnames  hash of the album
  KEYS[10..] one hash for each photo, in the order of ARGV
  ARGV[1]   account
  ARGV[2..] for each photo: id, path, time taken (ms), entry, number of fields, then each field and its value, then
            what its file says (includes/said.lua)

  Returns the ids that were added.
  Errors: NOT_FOUND no such album
]]
local acts, info, photos, events, library, failures = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]

if not is_live(info) then return album_gone() end
make_all_sound(photos, 'zset', library, 'hash', failures, 'hash')

local index, written = new_index(KEYS[7], KEYS[8], KEYS[9]), {}
local added = {}
local at = 2
for n = 10, #KEYS do
  local id, path, time, entry, fields = ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], tonumber(ARGV[at + 4])
  local first, last = at + 5, at + 4 + 2 * fields
  local there = redis.call('HGET', library, path)
  -- What no Cimaise has written is no entry, and must not keep a file out for ever.
  if not there or not string.match(there, '^%w+\t[^\t]+\t%d+\t%-?%d+\t[%w_%-]+') then
    redis.call('HSET', KEYS[n], unpack(ARGV, first, last))
    merge_fields(KEYS[n], ARGV, last + 1)
    local _, tags = merge_tags(KEYS[n], ARGV, last + 1)
    if tags ~= '' then
      note_tags(index, id, time, nil, tags)
      note_written(written, ARGV, last + 1)
    end
    redis.call('ZADD', photos, time, id)
    redis.call('HSET', library, path, entry)
    redis.call('HDEL', failures, path)
    added[#added + 1] = id
  end
  at = last + 1 + said_values
end

write_index(index, branch_names(written))
if #added > 0 then tell(acts, events, 'added', ARGV[1], '', about(added)) end
return added

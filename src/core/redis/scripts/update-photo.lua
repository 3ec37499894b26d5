--[[
  Brings a photo into step with its file, which changed, moved, went or came back. What users entered stays;
  what they did not follows the file (includes/said.lua). A photo that lost its file lets one behind it stand in for it.

  KEYS[1]  acts      stream of the account
  KEYS[2]  photo     hash
  KEYS[3]  photos    zset of its album: photo id by time taken
  KEYS[4]  events    stream of its album
  KEYS[5]  library   hash: path -> entry
  KEYS[6]  failures  hash: path -> failure
  KEYS[7]  prefix of the album's tag keys
  KEYS[8]  tags      zset of the album: tag -> how many photos
  KEYS[9]  tagnames  hash of the album
  KEYS[10] behind    zset of the album: photos behind others, by time taken
  KEYS[11] info      hash of the album
  ARGV[1]  photo id
  ARGV[2]  account
  ARGV[3]  what happened: changed | reread | missing | found; `reread`: what its file tells was read anew, which is told as a
           change only where anything is other than it was
  ARGV[4]  path until now
  ARGV[5]  path from now on
  ARGV[6]  entry for that path
  ARGV[7]  time taken (ms), or empty to leave it
  ARGV[8..] what was read of the file (includes/follow.lua)

  Returns whether anything about the photo is other than it was; 1 always for what is no `reread`.
  Errors: NOT_FOUND no such photo
          CONFLICT  the new path is another photo's, or the old one by now
]]
local acts, photo, photos, events, library, failures = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local id, by, what, old, new, entry, time = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7]

if type_of(photo) ~= 'hash' then
  return refuse('NOT_FOUND', 'photoGone')
end

local album = { photos = photos, behind = KEYS[10], photo = string.sub(photo, 1, -#id - 1), tag = KEYS[7], tags = KEYS[8],
  names = KEYS[9], info = KEYS[11] }

make_all_sound(photos, 'zset', library, 'hash', failures, 'hash')
-- Another process of this host may be at work on the same files: what it decided stands.
for _, path in ipairs({ old, new }) do
  local there = redis.call('HGET', library, path)
  if there and string.sub(there, 1, #id + 1) ~= id .. '\t' then
    return refuse('CONFLICT', 'fileOfAnother')
  end
  if not there and path == old and old ~= new then return refuse('CONFLICT', 'fileOfAnother') end
end

local differs = what ~= 'reread'
local shown = { 'tags', unpack(said_fields) }
local function shown_values()
  local values = {}
  for n, field in ipairs(shown) do
    values[n] = redis.call('HGET', photo, field) or ''
  end
  return table.concat(values, '\0')
end
local shown_before = shown_values()
differs = follow_file(album, id, time, ARGV, 8) or differs

if old ~= new then
  redis.call('HDEL', library, old)
end
redis.call('HSET', library, new, entry)
redis.call('HDEL', failures, new)
local told = { id }
-- While a lead has no file, one behind it that has one shows in its place.
local function stand_in()
  local members = find_behind(album.behind, album.photo, id, redis.call('HGET', photo, 'stack'), 'missing')
  for _, one in ipairs(members) do
    if not one.fields[5] then
      local first = redis.call('HGET', photo, 'standin') or id
      if lead_instead(album, id, one.id, members) then
        redis.call('HSET', album.photo .. one.id, 'standin', first)
        told[2] = one.id
      end
      return
    end
  end
end
local function take_back()
  local lead = redis.call('HGET', photo, 'behind')
  if not lead or #lead ~= 10 or type_of(album.photo .. lead) ~= 'hash' then return end
  if redis.call('HGET', album.photo .. lead, 'standin') ~= id then return end
  local members = find_behind(album.behind, album.photo, lead, redis.call('HGET', album.photo .. lead, 'stack'))
  for _, one in ipairs(members) do
    if one.id == id and lead_instead(album, lead, id, members) then told[2] = lead end
  end
end
if what == 'missing' then stand_in() elseif what == 'found' then take_back() end
differs = differs or shown_values() ~= shown_before
if differs then tell(acts, events, what == 'reread' and 'changed' or what, by, '', about(told)) end
return differs and 1 or 0

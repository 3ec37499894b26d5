--[[
  Lets a photo that is behind another one be the one that shows. What users entered goes with it where it has nothing of its own.

  KEYS[1]  acts
  KEYS[2]  photos
  KEYS[3]  behind
  KEYS[4]  prefix of photo keys
  KEYS[5]  prefix of tag keys
  KEYS[6]  tags
  KEYS[7]  tagnames
  KEYS[8]  events
  KEYS[9]  info
  ARGV[1]  account
  ARGV[2]  id of the act
  ARGV[3]  mode
  ARGV[4]  photo id

  Returns the id of the photo that led until now; '' where nothing changed.
  Errors: CONFLICT
]]
local acts, events, id = KEYS[1], KEYS[8], ARGV[4]
local by, change, mode = ARGV[1], ARGV[2], ARGV[3]
local album = { photos = KEYS[2], behind = KEYS[3], photo = KEYS[4], tag = KEYS[5], tags = KEYS[6], names = KEYS[7],
  info = KEYS[9] }

make_all_sound(album.photos, 'zset', album.behind, 'zset')
local asked = find_photos(album.behind, album.photo, { id }, 'behind')
local lead = #asked > 0 and asked[1].fields[2]
local leads = lead and find_photos(album.photos, album.photo, { lead }, 'stack') or {}
local members = #leads > 0 and find_behind(album.behind, album.photo, lead, leads[1].fields[2]) or {}
local is_member = false
for _, one in ipairs(members) do
  is_member = is_member or one.id == id
end
if not is_member then return mode ~= 'free' and conflict() or '' end
if mode == 'check' then return '' end
lead_instead(album, lead, id, members)
tell(acts, events, 'stacked', by, change, about({ id, lead }))
return lead

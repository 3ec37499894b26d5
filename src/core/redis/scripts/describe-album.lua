--[[
  Sets the description or the cover of an album. An empty value removes it.

  KEYS[1]  acts
  KEYS[2]  info
  KEYS[3]  events
  ARGV[1]  account
  ARGV[2]  id of the act
  ARGV[3]  mode
  ARGV[4]  id of the album
  ARGV[5]  field: description | cover
  ARGV[6]  value
  ARGV[7]  what must be there now after a '=' (or empty: anything)

  Returns the former value.
  Errors: NOT_FOUND no such album; CONFLICT
]]
local acts, info, events = KEYS[1], KEYS[2], KEYS[3]
local by, change, mode, id, field, value, expected = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7]

if not is_live(info) then return album_gone() end
local now, changed = set_field(info, field, value, mode, expected)
if not changed then return now end

tell(acts, events, 'described', by, change, { 'album', id, 'field', field, 'to', value })
return now

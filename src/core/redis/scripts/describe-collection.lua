--[[
  Sets the description or the cover of a collection, or what a smart album looks for. An empty value removes it.

  KEYS[1]  acts    stream of the account
  KEYS[2]  info    hash of the collection
  KEYS[3]  events  stream of the collection
  ARGV[1]  account
  ARGV[2]  id of the act
  ARGV[3]  mode
  ARGV[4]  id of the collection
  ARGV[5]  field: description | cover | search
  ARGV[6]  value
  ARGV[7]  what must be there now after a '=' (or empty: anything)

  Returns the former value.
  Errors: NOT_FOUND no such collection, or no smart album; CONFLICT
]]
local acts, info, events = KEYS[1], KEYS[2], KEYS[3]
local by, change, mode, id, field, value, expected = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7]

if not is_live(info) or (field == 'search' and not is_smart(info)) then return collection_gone() end
local now, changed = set_field(info, field, value, mode, expected)
if not changed then return now end

local title = redis.call('HGET', info, 'title') or ''
tell(acts, events, 'collection-described', by, change, { 'collection', id, 'field', field, 'to', title })
return now

--[[
  Brings what guests are shown of a public collection into step with it (includes/shown.lua).

  KEYS[1]  what the keys of the collection begin with
  ARGV[1]  'check': without writing; else empty

  Returns how much of it was not as it should be: 0 or 1.
]]
return show_collection(KEYS[1], 'collection-described', ARGV[1] == 'check')

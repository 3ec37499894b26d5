--[[
  Brings what visitors are shown of photos into step with the album, for all that it is shown to (includes/shown.lua).

  KEYS[1]  what the keys of the album begin with
  ARGV[1]  'check': without writing; else empty
  ARGV[2..] photo ids

  Returns how many were not as they should be.
]]
return show_to_all(KEYS[1], values_from(ARGV, 2), ARGV[1] == 'check')

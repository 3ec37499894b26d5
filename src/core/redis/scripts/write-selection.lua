--[[
  Writes what the visitors of a link choose of its album, and what they say of it.

  KEYS[1]  what the link has chosen
  ARGV[1]  events of what is said in the album    These three are not in KEYS, which have to be read and written: the link can write
  ARGV[2]  info of the album                      the one alone, and read the others alone.
  ARGV[3]  what the keys of its photos begin with
  ARGV[4]  how many places there are
  ARGV[5]  what is done: `pick`, `unpick` or `say`
  pick     ARGV[6] id of a photo; ARGV[7] words; ARGV[8] `keep`: those that there are stay, where the photo is chosen already
  unpick   ARGV[6] id of a photo
  say      ARGV[6..] names and values in turn: `name`, `note`, `done` (1, or empty)

  A place, 1 and so on, holds `photo ⇥ chosen ⇥ words`, with the time in microseconds since 1970; `last` is the highest
  place in use. More photos than there are places cannot be chosen, whoever writes: nobody looks beyond.

  Returns the place of the photo, or 0.
  Errors: NOT_FOUND no such album or photo; CONFLICT no place is left, or the list is done
]]
local list = KEYS[1]
local events, info, photos, most, what, photo = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5], ARGV[6]

if not is_live(info) then return album_gone() end
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000000 + time[2])
make_sound(list, 'hash')

local function tell_of(place)
  append(events, 1000, { 'photo', place > 0 and photo or '' })
  return place
end

if what == 'say' then
  for n = 6, #ARGV, 2 do
    local value = ARGV[n] == 'done' and ARGV[n + 1] ~= '' and now or ARGV[n + 1]
    set_field(list, ARGV[n], value, 'free', '')
  end
  return tell_of(0)
end

if string.find(redis.call('HGET', list, 'done') or '', '^%d+$') then return refuse('CONFLICT', 'selectionDone') end
local last = math.min(tonumber(redis.call('HGET', list, 'last') or 0) or 0, most)
if not (last >= 0) then last = 0 end -- Not: last < 0, which is false of a number that is none.
local at, free = 0, 0
for place = 1, last do
  local there = string.match(redis.call('HGET', list, place) or '', '^(%w+)\t')
  if there == photo then
    at = place
    break
  end
  -- A photo that was taken out of the album, or away from what the link shows, keeps no place from another.
  if free == 0 and not (there and redis.call('EXISTS', photos .. there) == 1) then free = place end
end

if what == 'unpick' then
  if at > 0 then redis.call('HDEL', list, at) end
  return tell_of(at)
end

if redis.call('EXISTS', photos .. photo) == 0 then return refuse('NOT_FOUND', 'photoGone') end
local words = ARGV[7]
if at > 0 then
  local chosen, said = string.match(redis.call('HGET', list, at), '^%w+\t(%d*)\t(.*)$')
  now = chosen or now
  if ARGV[8] == 'keep' then words = said or '' end
else
  at = free > 0 and free or last + 1
  if at > most then return refuse('CONFLICT', 'selectionFull', { most = tostring(most) }) end
end
redis.call('HSET', list, at, table.concat({ photo, now, words }, '\t'))
if at > last then redis.call('HSET', list, 'last', at) end
return tell_of(at)

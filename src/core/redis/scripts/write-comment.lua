--[[
  Writes a comment under the caller's own name, changes it, or takes it back.

  KEYS[1]  comments of the caller in the album
  ARGV[1]  info of the album       These are read, and the events written, with the caller's rights: who may comment need not be able to
  ARGV[2]  record of the photo, or empty: of the album itself              do both there, as it would have to be with KEYS.
  ARGV[3]  id of the photo, or empty
  ARGV[4]  number of the comment; empty: a new one
  ARGV[5]  place on the photo: `x y`, or empty
  ARGV[6]  text; empty: it is taken back
  ARGV[7]  how many numbers an account has for an album
  ARGV[8]  events of what is said in the album
  ARGV[9]  how many new comments may be written within a minute; 0: any number

  A comment is `photo ⇥ written ⇥ changed ⇥ place ⇥ text`, with times in microseconds since 1970, which
  put in order what was said at the same moment. `last` is the highest number.

  Returns the number of the comment.
  Errors: NOT_FOUND no such album, photo or comment; CONFLICT there are too many, or too many at once
]]
local comments, events, each_minute = KEYS[1], ARGV[8], tonumber(ARGV[9])
local info, record, photo, number, place, text, most =
  ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6], tonumber(ARGV[7])

if not is_live(info) then return album_gone() end
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000000 + time[2])
if number == '' and photo ~= '' and redis.call('EXISTS', record) == 0 then return refuse('NOT_FOUND', 'photoGone') end

make_all_sound(comments, 'hash', events, 'stream')
local written, changed = now, ''
if number == '' then
  local last = tonumber(redis.call('HGET', comments, 'last') or 0) or most
  -- Not: last >= most, which is false of a number that is none.
  if not (last >= 0 and last < most) then return refuse('CONFLICT', 'tooManyComments') end
  if each_minute > 0 and last >= each_minute then
    local before = string.match(redis.call('HGET', comments, last + 1 - each_minute) or '', '^%w*\t(%d+)\t')
    if before and tonumber(now) - tonumber(before) < 60000000 then return refuse('CONFLICT', 'commentsTooFast') end
  end
  number = string.format('%d', last + 1)
  redis.call('HSET', comments, 'last', number)
else
  local old = redis.call('HGET', comments, number)
  if not old then return refuse('NOT_FOUND', 'commentGone') end
  photo, written, place = string.match(old, '^(%w*)\t(%d*)\t%d*\t([^\t]*)\t')
  if not photo then return refuse('NOT_FOUND', 'commentGone') end
  changed = now
end
if text == '' then
  redis.call('HDEL', comments, number)
else
  redis.call('HSET', comments, number, table.concat({ photo, written, changed, place, text }, '\t'))
end
append(events, 1000, { 'photo', photo })
return tonumber(number)

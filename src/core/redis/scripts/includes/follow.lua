--[[
  Brings a photo's record into step with what was read of its file. What users entered stays.

  album  its keys photos, behind, photo (prefix), tag (prefix), tags, names
  time   milliseconds since 1970, or empty to leave it
  args   from `at` on: number of fields to set, these fields, each with its value; then 1 and what the file says (said.lua), or 0;
         then the number of fields to remove, and their names

  Returns whether a field is other than it was.
]]
local function follow_file(album, id, time, args, at)
  local photo, differs = album.photo .. id, false
  local last = at + 2 * tonumber(args[at])
  for n = at + 1, last, 2 do
    if redis.call('HGET', photo, args[n]) ~= args[n + 1] then
      redis.call('HSET', photo, args[n], args[n + 1])
      differs = true
    end
  end
  local says = args[last + 1] == '1'
  local count = last + 2 + (says and said_values or 0)
  for n = count + 1, count + tonumber(args[count]) do
    if redis.call('HDEL', photo, args[n]) == 1 then differs = true end
  end
  -- A date that a user entered wins over what the file says.
  if time ~= '' and redis.call('HEXISTS', photo, 'dated') == 0 then
    redis.call('ZADD', album.photos, 'XX', time, id)
    if type_of(album.behind) == 'zset' then redis.call('ZADD', album.behind, 'XX', time, id) end
    place_in_tags(album.tag, redis.call('HGET', photo, 'tags'), time, id)
  end
  if not says then return differs end
  local written = {}
  merge_fields(photo, args, last + 2)
  local before, after = merge_tags(photo, args, last + 2)
  note_written(written, args, last + 2)
  local score = redis.call('ZSCORE', album.photos, id)
  if before ~= after and score then
    local index = new_index(album.tag, album.tags, album.names)
    note_tags(index, id, score, before, after)
    write_index(index, branch_names(written))
  elseif before ~= after then
    rename_trashed(photo, before, after, written)
  end
  return differs
end

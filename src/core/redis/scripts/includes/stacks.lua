--[[
  Stacks: several files that are one photo. One of them leads and stands where photos stand; the others are behind it, in the
  album's set `behind` and nowhere else. Both ends say so, and only what both say counts:

  behind  of a photo behind: the id of its lead
  stack   of a lead: the photos behind it, each with its MIME type, one a line

  A photo behind keeps the names of its tags beside them, as one in the trash does: the album's indexes do not know it.
  Where the lead is in the trash, its stack is with it: nothing of it needs writing.
]]

-- Photos behind one lead, so that its record stays packed.
local max_behind = 15

local function listed_behind(stack)
  local ids = {}
  for id in string.gmatch(string.sub(stack or '', 1, 1024), '(%w+)[^\n]*') do
    if #id == 10 and #ids < max_behind then ids[#ids + 1] = id end
  end
  return ids
end

-- The photos behind a lead, as find_photos gives them: `name`, `behind`, `type`, `tags`, then the fields that are asked for.
local function find_behind(behind, prefix, lead, stack, ...)
  local members = {}
  if not stack or type_of(behind) ~= 'zset' then return members end
  for _, one in ipairs((find_photos(behind, prefix, listed_behind(stack), 'behind', 'type', 'tags', ...))) do
    if one.fields[2] == lead then members[#members + 1] = one end
  end
  return members
end

-- The photos of a change that stand behind others, by their own ids: what undoes a change names them.
local function find_asked_behind(behind, prefix, ids, ...)
  if type_of(behind) ~= 'zset' then return {} end
  return (find_photos(behind, prefix, ids, ...))
end

local function line_of(id, kind)
  return id .. ' ' .. string.sub(string.match(kind or '', '^[%w.+/-]+') or '', 1, 40)
end

-- `members`: ids and types, in their order.
local function write_stack(key, members)
  local lines = {}
  for n, one in ipairs(members) do
    lines[n] = line_of(one.id, one.type)
  end
  set_or_remove(key, 'stack', table.concat(lines, '\n'))
end

-- Adds to `written` how a photo's tags are written, by the names that it keeps.
local function read_names(written, tags, names)
  local kept = split_tags(names)
  for n, tag in ipairs(split_tags(tags)) do
    written[tag] = written[tag] or kept[n] or tag
  end
end

local entered_fields = { 'title', 'caption', 'rating', 'flag', 'label', 'status', 'dated', 'adjust' }

-- What was entered for the one, the other has too where it has nothing.
local function lend_entered(from, to)
  for _, field in ipairs(entered_fields) do
    local value = redis.call('HGET', from, field)
    if value then redis.call('HSETNX', to, field, value) end
  end
  local tags, has = split_tags(redis.call('HGET', to, 'tags') or ''), {}
  for _, tag in ipairs(tags) do
    has[tag] = true
  end
  for _, tag in ipairs(split_tags(redis.call('HGET', from, 'tags') or '')) do
    if not has[tag] and #tags < max_tags then tags[#tags + 1] = tag end
  end
  set_or_remove(to, 'tags', table.concat(tags, '\n'))
end

--[[
  Lets a photo behind lead in the place of its lead. `album`: its keys photos, behind, photo, tag, tags, names, info.
  `members`: as find_behind gives them. Returns false where one of the two is not where it has to be.
]]
local function lead_instead(album, lead, id, members)
  local old, new = album.photo .. lead, album.photo .. id
  local score, time = redis.call('ZSCORE', album.photos, lead), redis.call('ZSCORE', album.behind, id)
  if not score or not time then return false end
  local before, behind_tags = redis.call('HGET', old, 'tags') or '', redis.call('HGET', new, 'tags') or ''
  local written, name_of = {}, names_in(album.names)
  for _, tag in ipairs(split_tags(before)) do
    written[tag] = name_of(tag)
  end
  keep_names(old, before, name_of)
  read_names(written, behind_tags, redis.call('HGET', new, 'tagnames'))
  if redis.call('HEXISTS', old, 'dated') == 1 and redis.call('HEXISTS', new, 'dated') == 0 then time = score end
  lend_entered(old, new)

  local others = { { id = lead, type = redis.call('HGET', old, 'type') } }
  for _, one in ipairs(members) do
    if one.id ~= id then
      others[#others + 1] = { id = one.id, type = one.fields[3] }
      redis.call('HSET', album.photo .. one.id, 'behind', id)
    end
  end
  write_stack(new, others)
  redis.call('HDEL', new, 'behind', 'tagnames', 'standin')
  redis.call('HDEL', old, 'stack', 'standin')
  redis.call('HSET', old, 'behind', id)
  local rank = redis.call('HGET', old, 'rank')
  set_or_remove(new, 'rank', rank or '')
  redis.call('HDEL', old, 'rank')

  redis.call('ZREM', album.photos, lead)
  redis.call('ZADD', album.behind, score, lead)
  redis.call('ZREM', album.behind, id)
  redis.call('ZADD', album.photos, time, id)
  local index = new_index(album.tag, album.tags, album.names)
  note_tags(index, lead, score, before, nil)
  note_tags(index, id, time, nil, redis.call('HGET', new, 'tags') or '')
  write_index(index, branch_names(written))
  if redis.pcall('HGET', album.info, 'cover') == lead then redis.call('HSET', album.info, 'cover', id) end
  return true
end

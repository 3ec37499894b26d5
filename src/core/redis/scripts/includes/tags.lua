--[[
  The index of an album's tags. A photo's field `tags` holds its tags, folded, one a line. It is found under each of them
  and under each branch above them (`birds` above `birds/heron`).

  An index gathers what changes for any number of photos, and writes it with few commands.
]]

-- Tags of one photo, and bytes of one tag (a hundred characters of four). More than that no Cimaise has written, and
-- is passed over: the branches of a tag without end would be more than Redis's memory.
local max_tags, max_tag_bytes = 200, 400

local function split_tags(text)
  local tags = {}
  for tag in string.gmatch(string.sub(text or '', 1, max_tags * (max_tag_bytes + 1)), '[^\n]+') do
    if #tag <= max_tag_bytes and #tags < max_tags then tags[#tags + 1] = tag end
  end
  return tags
end

-- The set of tags and of all branches above them.
local function with_branches(tags)
  local all = {}
  for _, tag in ipairs(tags) do
    all[tag] = true
    for at in string.gmatch(tag, '()/') do
      if at > 1 then all[string.sub(tag, 1, at - 1)] = true end
    end
  end
  return all
end

-- `prefix` begins the keys of the album's tags; `counts` and `names` are its keys of that name.
local function new_index(prefix, counts, names)
  return { prefix = prefix, counts = counts, names = names, groups = {} }
end

-- A photo's field `tags` was `before` and is `after`; `score` is its time taken. Photos whose tags change alike, as most
-- photos of one act do, are written together.
local function note_tags(index, id, score, before, after)
  local key = (before or '') .. '\t' .. (after or '')
  local group = index.groups[key]
  if not group then
    group = { before = split_tags(before), after = split_tags(after), ids = {}, places = {} }
    index.groups[key] = group
  end
  local n = #group.ids
  group.ids[n + 1] = id
  group.places[2 * n + 1] = score
  group.places[2 * n + 2] = id
end

local function count_tags(deltas, tags, by)
  for _, tag in ipairs(tags) do
    deltas[tag] = (deltas[tag] or 0) + by
  end
end

local function gather(lists, tag, values)
  local known = lists[tag]
  if known then known[#known + 1] = values else lists[tag] = { values } end
end

-- All lists in one; the only one as it is.
local function joined(lists)
  if #lists == 1 then return lists[1] end
  local all, n = {}, 0
  for _, values in ipairs(lists) do
    for at = 1, #values do
      all[n + at] = values[at]
    end
    n = n + #values
  end
  return all
end

-- `name_of` tells how a tag, or a branch, is written.
local function write_index(index, name_of)
  make_all_sound(index.counts, 'zset', index.names, 'hash')
  local deltas, added, removed = {}, {}, {}
  for _, group in pairs(index.groups) do
    local old, new = with_branches(group.before), with_branches(group.after)
    for tag in pairs(old) do
      if not new[tag] then gather(removed, tag, group.ids) end
    end
    for tag in pairs(new) do
      if not old[tag] then gather(added, tag, group.places) end
    end
    count_tags(deltas, group.before, -#group.ids)
    count_tags(deltas, group.after, #group.ids)
  end
  -- A photo leaves a tag in one group at most, and comes to it in one at most: never both, as it is in one group.
  for tag, lists in pairs(removed) do
    make_sound(index.prefix .. tag, 'zset')
    call_in_parts('ZREM', index.prefix .. tag, joined(lists))
  end
  for tag, lists in pairs(added) do
    make_sound(index.prefix .. tag, 'zset')
    call_in_parts('ZADD', index.prefix .. tag, joined(lists), 2)
    redis.call('HSETNX', index.names, tag, name_of(tag))
  end
  for tag in pairs(removed) do
    if redis.call('EXISTS', index.prefix .. tag) == 0 then redis.call('HDEL', index.names, tag) end
  end
  for tag, delta in pairs(deltas) do
    if delta ~= 0 and tonumber(redis.call('ZINCRBY', index.counts, delta, tag)) <= 0 then
      redis.call('ZREM', index.counts, tag)
    end
  end
end

-- How tags are written according to a hash of names; each is asked for once.
local function names_in(key)
  local known = {}
  return function(tag)
    if known[tag] == nil then
      local name = redis.pcall('HGET', key, tag)
      known[tag] = type(name) == 'string' and #name <= max_tag_bytes and name or tag
    end
    return known[tag]
  end
end

-- Moves a photo within the sorted sets of its tags, which are text as its field `tags` holds them.
local function place_in_tags(prefix, tags, time, id)
  for tag in pairs(with_branches(split_tags(tags))) do
    if type_of(prefix .. tag) == 'zset' then redis.call('ZADD', prefix .. tag, 'XX', time, id) end
  end
end

-- How tags are written according to a table of them; a branch is written as a tag below it writes it.
local function branch_names(written)
  return function(tag)
    if written[tag] then return written[tag] end
    local _, slashes = string.gsub(tag, '/', '')
    for below, name in pairs(written) do
      if string.sub(below, 1, #tag + 1) == tag .. '/' then
        local parts = {}
        for piece in string.gmatch(name, '[^/]+') do
          if #parts <= slashes then parts[#parts + 1] = piece end
        end
        return table.concat(parts, '/')
      end
    end
    return tag
  end
end

--[[
  What a file says of what users can enter too: title, caption, rating, flag, label, tags. A photo's record holds what it
  shows, whoever said it, and what its file said last:

  said      JSON: for each field what the file said, or '!' once a user has entered another value, which stays for ever then
  saidtags  the file's tags, folded, one a line; behind a tab those that a user entered before the file had them, or
            that a user took away: they follow the file no longer
]]

local said_fields = { 'title', 'caption', 'rating', 'flag', 'label' }
-- Seven values in turn: those of said_fields, then the tags, folded, and as they are written, one a line.
local said_values = 7

-- Long texts are compared by their digests, so that a packed record stays small.
local function mark_of(text)
  if #text <= 40 and not string.find(text, '^[!#]') then return text end
  return '#' .. string.sub(redis.sha1hex(text), 1, 16)
end

local function read_said(key)
  local text = redis.call('HGET', key, 'said')
  if not text or #text > 4096 then return {} end
  local ok, said = pcall(cjson.decode, text)
  return ok and type(said) == 'table' and said or {}
end

local function set_or_remove(key, field, value)
  if value == '' then redis.call('HDEL', key, field) else redis.call('HSET', key, field, value) end
end

-- Sets the fields that no user has entered.
local function merge_fields(key, args, at)
  local last, next_said, is_empty = read_said(key), {}, true
  for n, field in ipairs(said_fields) do
    local value, now = args[at + n - 1], redis.call('HGET', key, field) or ''
    local before = type(last[field]) == 'string' and last[field] or ''
    if before ~= '!' and mark_of(now) == before then
      if now ~= value then set_or_remove(key, field, value) end
      before = mark_of(value)
    elseif before ~= '!' then
      before = '!'
    end
    if before ~= '' then next_said[field], is_empty = before, false end
  end
  set_or_remove(key, 'said', is_empty and '' or cjson.encode(next_said))
end

-- Tags that the file said last: true for those that follow it, false for the user's own.
local function read_said_tags(key)
  local said = {}
  for line in string.gmatch(string.sub(redis.call('HGET', key, 'saidtags') or '', 1, max_tags * (max_tag_bytes + 2)), '[^\n]+') do
    local own = string.match(line, '^\t(.*)$')
    said[own or line] = not own
  end
  return said
end

-- Gives the photo the tags that its file has newly, and takes those that the file has no longer. Returns its field `tags`
-- before and after.
local function merge_tags(key, args, at)
  local before = redis.call('HGET', key, 'tags') or ''
  local last, carried, has, after, lines = read_said_tags(key), {}, {}, {}, {}
  local new = split_tags(args[at + 5])
  for _, tag in ipairs(new) do
    has[tag] = true
  end
  for _, tag in ipairs(split_tags(before)) do
    carried[tag] = true
    if has[tag] or not last[tag] then after[#after + 1] = tag end
  end
  for _, tag in ipairs(new) do
    local follows = last[tag]
    if follows == nil then
      follows = not carried[tag]
      if follows and #after < max_tags then after[#after + 1] = tag end
    elseif not carried[tag] then
      follows = false
    end
    lines[#lines + 1] = follows and tag or '\t' .. tag
  end
  local text = table.concat(after, '\n')
  if text ~= before then set_or_remove(key, 'tags', text) end
  set_or_remove(key, 'saidtags', table.concat(lines, '\n'))
  return before, text
end

-- How tags are written, by the two lists of an argument list.
local function note_written(written, args, at)
  local names = split_tags(args[at + 6])
  for n, tag in ipairs(split_tags(args[at + 5])) do
    written[tag] = written[tag] or names[n]
  end
end

-- The names of a photo's tags are kept with it.
local function keep_names(key, tags, name_of)
  local names = {}
  for n, tag in ipairs(split_tags(tags)) do
    names[n] = name_of(tag)
  end
  set_or_remove(key, 'tagnames', table.concat(names, '\n'))
end

-- Lets a photo that is in the trash keep the names of its tags beside them, as trash-photos does.
local function rename_trashed(key, before, after, written)
  local names = split_tags(redis.call('HGET', key, 'tagnames'))
  for n, tag in ipairs(split_tags(before)) do
    written[tag] = names[n] or written[tag]
  end
  keep_names(key, after, function(tag)
    return written[tag] or tag
  end)
end

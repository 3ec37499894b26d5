--[[
  Adds tags to photos of an album and takes tags from them, and from those behind them.

  KEYS[1]  acts
  KEYS[2]  photos
  KEYS[3]  prefix of photo keys
  KEYS[4]  prefix of tag keys
  KEYS[5]  tags
  KEYS[6]  tagnames
  KEYS[7]  events
  KEYS[8]  behind
  ARGV[1]  account
  ARGV[2]  id of the act
  ARGV[3]  mode
  ARGV[4]  most tags that a photo may carry
  ARGV[5]  'alone': not for what is behind them; else empty
  ARGV[6]  number of tags to add, then each one folded and as it is written
  then     number of tags to remove, then each one folded; then the photo ids

  Returns for each photo that changed: its id, the tags that it gained, folded, and those that it lost, as they were
  written, one a line; and at last how many photos were not there.
  Errors: CONFLICT; INVALID too many tags
]]
local acts, photos, photo, prefix, counts, names, events, behind =
  KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8]
local by, change, mode, most = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])

if tonumber(ARGV[6]) > max_tags then return refuse('INVALID', 'tooManyTags') end

local adding, removing, written = {}, {}, {}
local at = 7
for _ = 1, tonumber(ARGV[6]) do
  adding[#adding + 1] = ARGV[at]
  written[ARGV[at]] = ARGV[at + 1]
  at = at + 2
end
local count = math.min(tonumber(ARGV[at]), max_tags)
for n = 1, count do
  removing[n] = ARGV[at + n]
end
at = at + count + 1

-- A photo's tags after the change, with what it gained and lost.
local function retag(before)
  local carried, after, gained, lost = {}, {}, {}, {}
  for _, tag in ipairs(before) do
    carried[tag] = true
  end
  for _, tag in ipairs(removing) do
    if carried[tag] then
      carried[tag] = nil
      lost[#lost + 1] = tag
    end
  end
  for _, tag in ipairs(before) do
    if carried[tag] then after[#after + 1] = tag end
  end
  for _, tag in ipairs(adding) do
    if not carried[tag] then
      carried[tag] = true
      after[#after + 1] = tag
      gained[#gained + 1] = tag
    end
  end
  return after, gained, lost
end

make_sound(photos, 'zset')
local index, plan = new_index(prefix, counts, names), {}
local asked, is_asked = values_from(ARGV, at), {}
for _, id in ipairs(asked) do
  is_asked[id] = true
end
local found, skipped = find_photos(photos, photo, asked, 'tags', 'stack')
local below = find_asked_behind(behind, photo, asked, 'tags', 'tagnames')
skipped = skipped - #below
if mode ~= 'free' and skipped > 0 then return conflict() end
for _, one in ipairs(found) do
  local after, gained, lost = retag(split_tags(one.fields[2]))
  if mode ~= 'free' and (#gained < #adding or #lost < #removing) then return conflict() end
  if #after > most and #gained > 0 then
    return refuse('INVALID', 'photoTagsFull', { n = most })
  end
  if #gained + #lost > 0 then
    local text = table.concat(after, '\n')
    plan[#plan + 1] = { id = one.id, after = text, gained = gained, lost = lost }
    note_tags(index, one.id, one.score, one.fields[2], text)
  end
  if ARGV[5] ~= 'alone' then
    for _, member in ipairs(find_behind(behind, photo, one.id, one.fields[3])) do
      if not is_asked[member.id] then below[#below + 1] = { id = member.id, fields = { '', member.fields[4] } } end
    end
  end
end
-- Photos behind others are in no index, and keep the names of their tags themselves.
for _, one in ipairs(below) do
  local before = one.fields[2] or ''
  local after, gained, lost = retag(split_tags(before))
  if #gained + #lost > 0 and #after <= most then
    plan[#plan + 1] =
      { id = one.id, before = before, after = table.concat(after, '\n'), gained = gained, lost = lost, is_behind = true }
  end
end
if mode == 'check' or #plan == 0 then return { tostring(skipped) } end

local ids, result, name_of = {}, {}, names_in(names)
local function as_written(tags)
  local all = {}
  for n, tag in ipairs(tags) do
    all[n] = name_of(tag)
  end
  return table.concat(all, '\n')
end
for _, step in ipairs(plan) do
  if step.after ~= '' then
    redis.call('HSET', photo .. step.id, 'tags', step.after)
  else
    redis.call('HDEL', photo .. step.id, 'tags')
  end
  if step.is_behind then
    local all = {}
    for tag, name in pairs(written) do
      all[tag] = name
    end
    rename_trashed(photo .. step.id, step.before, step.after, all)
  end
  ids[#ids + 1] = step.id
  result[#result + 1] = step.id
  result[#result + 1] = table.concat(step.gained, '\n')
  result[#result + 1] = as_written(step.lost)
end
local from = as_written(removing)
write_index(index, branch_names(written))
name_of = names_in(names)
tell(acts, events, 'tagged', by, change, about(ids, 'from', from, 'to', as_written(adding)))
result[#result + 1] = tostring(skipped)
return result

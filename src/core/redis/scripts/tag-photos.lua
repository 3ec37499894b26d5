--[[
  Adds tags to photos of an album and takes tags from them.

  KEYS[1]  photos
  KEYS[2]  stem of photo keys
  KEYS[3]  stem of tag keys
  KEYS[4]  tags
  KEYS[5]  tagnames
  KEYS[6]  events
  ARGV[1]  account
  ARGV[2]  id of the act
  ARGV[3]  mode
  ARGV[4]  most tags that a photo may carry
  ARGV[5]  number of tags to add, then each one folded and as it is written
  then     number of tags to remove, then each one folded; then the photo ids

  Returns for each photo that changed: its id, the tags that it gained, folded, and those that it lost, as they were
  written, one a line; and at last how many photos were not there.
  Errors: CONFLICT; INVALID too many tags
]]
local photos, photo, stem, counts, names, events = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local by, change, mode, most = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])

local adding, removing, written = {}, {}, {}
local at = 6
for _ = 1, tonumber(ARGV[5]) do
  adding[#adding + 1] = ARGV[at]
  written[ARGV[at]] = ARGV[at + 1]
  at = at + 2
end
local count = tonumber(ARGV[at])
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

local index, plan = new_index(stem, counts, names), {}
local found, skipped = find_photos(photos, photo, arguments_from(at), 'tags')
if mode ~= 'free' and skipped > 0 then return conflict end
for _, one in ipairs(found) do
  local after, gained, lost = retag(split_tags(one.fields[2]))
  if mode ~= 'free' and (#gained < #adding or #lost < #removing) then return conflict end
  if #after > most and #gained > 0 then
    return redis.error_reply('INVALID A photo carries at most ' .. most .. ' tags.')
  end
  if #gained + #lost > 0 then
    local text = table.concat(after, '\n')
    plan[#plan + 1] = { id = one.id, after = text, gained = gained, lost = lost }
    note_tags(index, one.id, one.score, one.fields[2], text)
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
  ids[#ids + 1] = step.id
  result[#result + 1] = step.id
  result[#result + 1] = table.concat(step.gained, '\n')
  result[#result + 1] = as_written(step.lost)
end
local from = as_written(removing)
write_index(index, branch_names(written))
name_of = names_in(names)
tell(events, 'tagged', by, change, ids, { 'from', from, 'to', as_written(adding) })
result[#result + 1] = tostring(skipped)
return result

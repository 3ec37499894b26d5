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

local index = new_index(stem, counts, names)
local plan, seen, skipped = {}, {}, 0
for n = at, #ARGV do
  local id = ARGV[n]
  local score = not seen[id] and place_of(photos, photo, id)
  seen[id] = true
  if score then
    local before = split_tags(redis.call('HGET', photo .. id, 'tags'))
    local after, gained, lost = retag(before)
    if mode ~= 'free' and (#gained < #adding or #lost < #removing) then return conflict end
    if #after > most and #gained > 0 then
      return redis.error_reply('INVALID A photo carries at most ' .. most .. ' tags.')
    end
    if #gained + #lost > 0 then
      plan[#plan + 1] = { id = id, after = after, gained = gained, lost = lost }
      note_tags(index, id, score, before, after)
    end
  elseif mode ~= 'free' then
    return conflict
  else
    skipped = skipped + 1
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
  if #step.after > 0 then
    redis.call('HSET', photo .. step.id, 'tags', table.concat(step.after, '\n'))
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

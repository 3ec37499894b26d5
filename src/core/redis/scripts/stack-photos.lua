--[[
  Puts photos of an album behind others: together with these each is one photo from then on. What stands behind them comes along.

  KEYS[1]  acts
  KEYS[2]  photos
  KEYS[3]  behind
  KEYS[4]  prefix of photo keys
  KEYS[5]  prefix of tag keys
  KEYS[6]  tags
  KEYS[7]  tagnames
  KEYS[8]  events
  ARGV[1]  account
  ARGV[2]  id of the act
  ARGV[3]  mode
  ARGV[4]  'auto': nobody asked, so that what a user took apart stays apart, and what a user entered something on stays
           in sight; else empty
  ARGV[5..] for each stack: id of the photo that leads, number of others, then their ids

  Returns for each photo that is behind another one now and was not before: its id, that of its lead, and that of its lead until
  now or ''.
  Errors: CONFLICT; INVALID too many
]]
local acts, photos, behind, photo, events = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[8]
local by, change, mode, auto = ARGV[1], ARGV[2], ARGV[3], ARGV[4] == 'auto'

make_all_sound(photos, 'zset', behind, 'zset')

-- Whether a user has entered something on the photo, rather than its file said it.
local function has_entered(id, tags)
  local key = photo .. id
  if redis.call('HEXISTS', key, 'dated') == 1 or redis.call('HEXISTS', key, 'rank') == 1 then return true end
  local said = read_said(key)
  for _, field in ipairs(said_fields) do
    local now, last = redis.call('HGET', key, field) or '', said[field] or ''
    if last == '!' or mark_of(now) ~= last then return true end
  end
  local follows = read_said_tags(key)
  for _, tag in ipairs(split_tags(tags)) do
    if not follows[tag] then return true end
  end
  return false
end

-- What one stack will be: its members, of which `rows` are new; or an error.
local function plan_stack(lead, ids)
  local leads = find_photos(photos, photo, { lead }, 'stack', 'type', 'apart')
  local found, others = find_photos(photos, photo, ids, 'tags', 'type', 'stack', 'apart')
  if mode ~= 'free' and (#leads == 0 or others > 0) then return nil, conflict() end
  local plan = { lead = lead, going = {}, members = {}, rows = {} }
  if #leads == 0 then return plan end
  for _, one in ipairs(found) do
    local stays = auto and (one.fields[5] or leads[1].fields[4] or has_entered(one.id, one.fields[2]))
    if one.id ~= lead and not stays then plan.going[#plan.going + 1] = one end
  end
  for _, one in ipairs(find_behind(behind, photo, lead, leads[1].fields[2])) do
    plan.members[#plan.members + 1] = { id = one.id, type = one.fields[3] }
  end
  local function join(id, kind, former)
    plan.members[#plan.members + 1] = { id = id, type = kind }
    plan.rows[#plan.rows + 1] = { id = id, former = former }
  end
  for _, one in ipairs(plan.going) do
    join(one.id, one.fields[3], '')
    for _, below in ipairs(find_behind(behind, photo, one.id, one.fields[4])) do
      join(below.id, below.fields[3], one.id)
    end
  end
  if #plan.members <= max_behind then return plan end
  if auto then return { lead = lead, going = {} } end
  return nil, refuse('INVALID', 'stackFull', { n = max_behind + 1 })
end

local plans, at, taken = {}, 5, {}
while ARGV[at] and at < max_photos do
  local ids = {}
  for n = at + 2, at + 1 + tonumber(ARGV[at + 1]) do
    -- A photo goes behind one other, and none that leads here.
    if not taken[ARGV[n]] then ids[#ids + 1] = ARGV[n] end
    taken[ARGV[n]] = true
  end
  if not taken[ARGV[at]] then
    local plan, refusal = plan_stack(ARGV[at], ids)
    if refusal then return refusal end
    if #plan.going > 0 then plans[#plans + 1] = plan end
  end
  taken[ARGV[at]] = true
  at = at + 2 + tonumber(ARGV[at + 1])
end
if mode == 'check' or #plans == 0 then return {} end

local index, name_of = new_index(KEYS[5], KEYS[6], KEYS[7]), names_in(KEYS[7])
local told, result = {}, {}
for _, plan in ipairs(plans) do
  told[#told + 1] = plan.lead
  for _, one in ipairs(plan.going) do
    keep_names(photo .. one.id, one.fields[2], name_of)
    if one.fields[2] then note_tags(index, one.id, one.score, one.fields[2], nil) end
    redis.call('HDEL', photo .. one.id, 'stack', 'standin')
  end
  for _, row in ipairs(plan.rows) do
    redis.call('HSET', photo .. row.id, 'behind', plan.lead)
    redis.call('HDEL', photo .. row.id, 'apart')
    told[#told + 1] = row.id
    result[#result + 1] = row.id
    result[#result + 1] = plan.lead
    result[#result + 1] = row.former
  end
  if not auto then redis.call('HDEL', photo .. plan.lead, 'apart') end
  write_stack(photo .. plan.lead, plan.members)
  call_in_parts('ZADD', behind, places_of(plan.going), 2)
  call_in_parts('ZREM', photos, ids_of(plan.going))
end
write_index(index, name_of)
tell(acts, events, 'stacked', by, change, about(told))
return result

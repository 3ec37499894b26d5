--[[
  Makes a group, changes its name or its members, or removes it.

  KEYS[1]  groups   set
  KEYS[2]  group    hash of the group
  KEYS[3]  members  set of the group
  KEYS[4]  grants   hash of the group
  KEYS[5]  rights   hash with the version
  KEYS[6]  audit    stream
  KEYS[7]  users    set
  ARGV[1]  account that does it
  ARGV[2]  id of the act
  ARGV[3]  'create' | 'edit' | 'delete'
  ARGV[4]  name
  ARGV[5]  display name, or empty to leave it
  ARGV[6]  now, ISO 8601
  ARGV[7]  number of accounts that join, then they, then those that leave

  Returns the accounts that are concerned.
  Errors: NOT_FOUND no such group or account; CONFLICT the name is taken
]]
local groups, group, members, grants, rights, audit, users =
  KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7]
local by, act, mode, name, display = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]

local there = redis.call('SISMEMBER', groups, name) == 1
if mode == 'create' and there then
  return refuse('CONFLICT', 'groupTaken', { name = name })
end
if mode ~= 'create' and not there then
  return refuse('NOT_FOUND', 'groupGone', { name = name })
end
local joining = tonumber(ARGV[7])
for n = 8, 7 + joining do
  if redis.call('SISMEMBER', users, ARGV[n]) == 0 then
    return refuse('NOT_FOUND', 'accountGone', { name = ARGV[n] })
  end
end

local concerned, lines = {}, {}
if mode == 'delete' then
  concerned = redis.call('SMEMBERS', members)
  for _, account in ipairs(concerned) do
    lines[#lines + 1] = 'member\t' .. account .. '\t'
  end
  redis.call('SREM', groups, name)
  redis.call('DEL', group, members, grants)
else
  redis.call('SADD', groups, name)
  redis.call('HSETNX', group, 'created', ARGV[6])
  local now = redis.call('HGET', group, 'displayName') or ''
  if display ~= '' and display ~= now then
    redis.call('HSET', group, 'displayName', display)
    lines[#lines + 1] = 'displayName\t' .. now .. '\t' .. display
  end
  for n = 8, #ARGV do
    local joins = n <= 7 + joining
    if redis.call(joins and 'SADD' or 'SREM', members, ARGV[n]) == 1 then
      concerned[#concerned + 1] = ARGV[n]
      lines[#lines + 1] = 'member\t' .. (joins and '' or ARGV[n]) .. '\t' .. (joins and ARGV[n] or '')
    end
  end
end
redis.call('HINCRBY', rights, 'version', 1)
redis.call('XADD', audit, 'MAXLEN', '~', 10000, '*', 'what', 'group-' .. mode, 'by', by, 'act', act, 'subject',
  'group:' .. name, 'changes', table.concat(lines, '\n'))
return concerned

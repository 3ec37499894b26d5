--[[
  Removes an account: its record, its rights and its memberships of groups. The albums that it made stay.

  KEYS[1]  users
  KEYS[2]  administrators
  KEYS[3]  logins
  KEYS[4]  applied
  KEYS[5]  rights          hash with the version
  KEYS[6]  audit
  KEYS[7..12]  of the account: account, grants, effective rights, events, requests, ended sessions
  KEYS[13..]   members of each group
  ARGV[1]  account that does it
  ARGV[2]  id of the act
  ARGV[3]  name
  ARGV[4]  what the audit calls it
  ARGV[5]  detail for the audit

  Errors: NOT_FOUND no such account; CONFLICT it is the last administrator
]]
local users, administrators, logins, applied, rights, audit = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local by, act, name = ARGV[1], ARGV[2], ARGV[3]

if redis.call('SISMEMBER', users, name) == 0 then
  return refuse('NOT_FOUND', 'accountGone', { name = name })
end
if redis.call('SISMEMBER', administrators, name) == 1 and redis.call('SCARD', administrators) <= 1 then
  return refuse('CONFLICT', 'lastAdministrator')
end
for n = 13, #KEYS do
  redis.call('SREM', KEYS[n], name)
end
redis.call('SREM', users, name)
redis.call('SREM', administrators, name)
redis.call('HDEL', logins, name)
redis.call('HDEL', applied, name)
for n = 7, 12 do
  redis.call('DEL', KEYS[n])
end
redis.call('HINCRBY', rights, 'version', 1)
redis.call('XADD', audit, 'MAXLEN', '~', 10000, '*', 'what', ARGV[4], 'by', by, 'act', act, 'subject', name,
  'changes', ARGV[5])
return 1

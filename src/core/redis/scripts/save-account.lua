--[[
  Makes an account, or changes one.

  KEYS[1]  users           set
  KEYS[2]  account         hash of the account
  KEYS[3]  administrators  set of those who are not disabled
  KEYS[4]  logins          hash: account -> digest of its Redis password
  KEYS[5]  rights          hash with the version
  KEYS[6]  audit           stream
  ARGV[1]  account that does it
  ARGV[2]  id of the act
  ARGV[3]  'create' | 'edit'
  ARGV[4]  name
  ARGV[5]  revision that the caller saw, or empty
  ARGV[6]  digest of the new Redis password, or empty
  ARGV[7]  what the audit calls it
  ARGV[8..] field and value in turn; an empty value removes a field

  Returns the new revision.
  Errors: NOT_FOUND no such account; CONFLICT
]]
local users, account, administrators, logins, rights, audit = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local by, act, mode, name, revision, digest, what = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7]

local there = redis.call('SISMEMBER', users, name) == 1
if mode == 'create' and there then
  return refuse('CONFLICT', 'accountTaken', { name = name })
end
if mode == 'edit' and not there then
  return refuse('NOT_FOUND', 'accountGone', { name = name })
end
if revision ~= '' and (redis.call('HGET', account, 'revision') or '0') ~= revision then
  return refuse('CONFLICT', 'accountChanged')
end

local wanted, lines = {}, {}
for n = 8, #ARGV, 2 do
  local field, value = ARGV[n], ARGV[n + 1]
  wanted[field] = value
  local now = redis.call('HGET', account, field) or ''
  if now ~= value then lines[#lines + 1] = field .. '\t' .. now .. '\t' .. value end
end
local role = wanted['role'] or redis.call('HGET', account, 'role')
local disabled = wanted['disabled'] or redis.call('HGET', account, 'disabled') or ''
local active = role == 'administrator' and disabled == ''
if not active and redis.call('SISMEMBER', administrators, name) == 1 and redis.call('SCARD', administrators) <= 1 then
  return refuse('CONFLICT', 'lastAdministrator')
end

for field, value in pairs(wanted) do
  if value == '' then redis.call('HDEL', account, field) else redis.call('HSET', account, field, value) end
end
redis.call('SADD', users, name)
redis.call(active and 'SADD' or 'SREM', administrators, name)
if digest ~= '' then redis.call('HSET', logins, name, digest) end
redis.call('HINCRBY', rights, 'version', 1)
redis.call('XADD', audit, 'MAXLEN', '~', 10000, '*', 'what', what, 'by', by, 'act', act, 'subject', name,
  'changes', table.concat(lines, '\n'))
return redis.call('HINCRBY', account, 'revision', 1)

--[[
  Gives rights on albums and collections, or takes them: all of them, or none.

  KEYS[1]  rights  hash with the version
  KEYS[2]  audit   stream
  KEYS[3]  public  set
  KEYS[4..] for each change: grants (hash; for the guest: public), whom it is for (hash), info of the album (hash)
  ARGV[1]  account that does it
  ARGV[2]  id of the act
  ARGV[3..] for each change: subject, album, right ('none' | 'read' | 'modify'), what it must be now (or empty: anything)

  Returns subject, album and former right of each that changed, in turn.
  Errors: NOT_FOUND no such account, group or album; CONFLICT
]]
local rights, audit, public = KEYS[1], KEYS[2], KEYS[3]
local by, act = ARGV[1], ARGV[2]

local plan, lines, result = {}, {}, {}
for n = 3, #ARGV, 4 do
  local step = { subject = ARGV[n], album = ARGV[n + 1], right = ARGV[n + 2] }
  local at = 4 + 3 * ((n - 3) / 4)
  local grants, whom, info = KEYS[at], KEYS[at + 1], KEYS[at + 2]
  if redis.call('EXISTS', whom) == 0 then
    return refuse('NOT_FOUND', 'subjectGone', { name = step.subject })
  end
  if redis.call('EXISTS', info) == 0 or redis.call('HEXISTS', info, 'deleted') == 1 then
    return string.find(info, '}:collection:', 1, true) and collection_gone() or album_gone()
  end
  step.grants = grants
  if grants == public then
    step.now = redis.call('SISMEMBER', public, step.album) == 1 and 'read' or 'none'
  else
    step.now = redis.call('HGET', grants, step.album) or 'none'
  end
  if ARGV[n + 3] ~= '' and ARGV[n + 3] ~= step.now then
    return refuse('CONFLICT', 'rightChanged')
  end
  if step.now ~= step.right then plan[#plan + 1] = step end
end

for _, step in ipairs(plan) do
  if step.grants == public then
    redis.call(step.right == 'none' and 'SREM' or 'SADD', public, step.album)
  elseif step.right == 'none' then
    redis.call('HDEL', step.grants, step.album)
  else
    redis.call('HSET', step.grants, step.album, step.right)
  end
  lines[#lines + 1] = table.concat({ step.subject, step.album, step.now, step.right }, '\t')
  result[#result + 1] = step.subject
  result[#result + 1] = step.album
  result[#result + 1] = step.now
end
if #plan > 0 then
  redis.call('HINCRBY', rights, 'version', 1)
  redis.call('XADD', audit, 'MAXLEN', '~', 10000, '*', 'what', 'rights', 'by', by, 'act', act, 'subject', '',
    'changes', table.concat(lines, '\n'))
end
return result

import { administrator, aclRules, guest, supervisorRules } from '../acl/acl-rules.ts'
import { passwordRule } from '../acl/passwords.ts'
import { guestName, ownerName, redisUser } from '../acl/redis-users.ts'
import type { Keys } from '../keys.ts'

/**
 * The ACL file with which a new embedded server starts: owner, guest and supervisor (its user is called `keeper`), and `default` off from the start.
 *
 * `default` keeps its rights, which no client can log in to use: Redis replays its append-only file as `default`, and a
 * transaction or script in there that `default` may not run is skipped (seen on 7.0.15: a restart lost everything
 * written by MULTI or EVAL).
 */
export const firstAclFile = (keys: Keys, ownerKey: string, supervisorKey: string) =>
  [
    ['user', 'default', 'off', 'resetpass', '~*', '&*', '+@all'],
    ['user', 'keeper', ...supervisorRules, passwordRule(supervisorKey)],
    ['user', redisUser(keys, ownerName), ...aclRules(keys, administrator(ownerName)), passwordRule(ownerKey)],
    ['user', redisUser(keys, guestName), ...aclRules(keys, guest([]))],
  ]
    .map((words) => `${words.join(' ')}\n`)
    .join('')

import { FactorRequirement } from '../../shared/schemas/own-ways.ts'
import type { Session } from '../gallery/session.ts'
import { ownerName } from '../redis/acl/redis-users.ts'
import { isPasswordDigest } from '../redis/acl/passwords.ts'
import { onRedis } from '../redis/errors.ts'
import { note } from './audit-log.ts'
import { passkeyOwners } from './passkeys.ts'
import { readAccounts } from './roster.ts'

/*
 * Who must have more than a password: codes after it, or a passkey. Servers hold to it (server/ways/required-factor.ts); Redis knows
 * passwords alone (ADR 47).
 */

/** Who must have a second factor; everybody may read it. */
export const readRequirement = ({ redis, keys }: Session): Promise<FactorRequirement> =>
  onRedis(
    async () => FactorRequirement.safeParse(await redis.hget(keys.meta, 'secondFactor')).data ?? 'nobody',
  )

/** Says so, for every server within seconds. Administrators. */
export const setRequirement = (session: Session, of: FactorRequirement): Promise<void> =>
  onRedis(async () => {
    const { redis, keys } = session
    if (of === 'nobody') await redis.hdel(keys.meta, 'secondFactor')
    else await redis.hset(keys.meta, 'secondFactor', of)
    await note(session, 'second-factor', of)
  })

/** Whether a requirement is meant for an account. */
export const isRequiredOf = (of: FactorRequirement, administrator: boolean): boolean =>
  of === 'everybody' || (of === 'administrators' && administrator)

/** What an account has besides its password: codes come before passkeys. Administrators. */
export const factorOf = ({ redis, keys }: Session, account: string): Promise<'codes' | 'passkey' | null> =>
  onRedis(async () => {
    if (await redis.hexists(keys.loginCodes, account)) return 'codes'
    return (await passkeyOwners({ redis, keys })).has(account) ? 'passkey' : null
  })

/** The accounts with a password and nothing besides it, by name. Administrators. */
export const accountsWithout = (
  { redis, keys }: Session,
  of: FactorRequirement = 'everybody',
): Promise<string[]> =>
  onRedis(async () => {
    const [accounts, logins, codes, owners] = await Promise.all([
      readAccounts({ redis, keys }),
      redis.hgetall(keys.logins),
      redis.hgetall(keys.loginCodes),
      passkeyOwners({ redis, keys }),
    ])
    const known = new Set([...Object.keys(codes), ...owners])
    return [...accounts].flatMap(([name, { role, service, disabled }]) => {
      const isPerson = (role === 'member' || role === 'administrator') && service !== '1' && !disabled
      const isMeant = isPerson && name !== ownerName && isRequiredOf(of, role === 'administrator')
      return isMeant && isPasswordDigest(logins[name]) && !known.has(name) ? [name] : []
    })
  })

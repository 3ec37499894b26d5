import { redisTime } from '../../core/access/access-record.ts'
import type { Session } from '../../core/gallery/session.ts'
import { onRedis } from '../../core/redis/errors.ts'

/** What became of a link: `there` also where the server may not know, `asks` for one with a password. */
export type LinkState = 'there' | 'asks' | 'over' | 'unknown'

/**
 * Whether a link is there still. Only an administrator's session reads that; it is told to whoever knows the link's own eight letters, which
 * is how its visitors learn what to do, and opens nothing.
 */
export const linkStateOf = (self: Session, name: string): Promise<LinkState> =>
  onRedis(async () => {
    if (!self.identity.administrator) return 'there'
    const record = self.keys.account(name)
    const [role, expires, password] = await self.redis.hmget(record, 'role', 'expires', 'password')
    if (role !== 'share') return 'unknown'
    if (!(Date.parse(expires ?? '') > (await redisTime(self.redis)))) return 'over'
    return password === '1' ? 'asks' : 'there'
  })

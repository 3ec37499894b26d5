import { redisUser } from '../redis/acl/redis-users.ts'
import { killClients, readClients } from '../redis/clients.ts'
import { onRedis } from '../redis/errors.ts'
import type { Session } from '../gallery/session.ts'
import { rememberEnded, whereaboutsOf, type Whereabouts } from './sessions.ts'
import { markSignedOut } from './signed-out.ts'

/*
 * What a browser's session is ended by where several servers know it. Each server's connection for it is cut, so that the server asks
 * whether it still stands when it comes back.
 */

const cut = async ({ redis, keys }: Session, account: string, isMeant: (where: Whereabouts) => boolean) => {
  const user = redisUser(keys, account)
  const meant = (await readClients(redis)).filter((client) => {
    const where = client.user === user ? whereaboutsOf(client) : null
    return where?.shell === 'browser' && isMeant(where)
  })
  await killClients(
    redis,
    meant.map(({ id }) => id),
  )
}

/** Ends one session of an account on every server. Administrators. */
export const endEverywhere = (adminSession: Session, account: string, id: string): Promise<void> =>
  onRedis(async () => {
    await rememberEnded(adminSession, account, [id])
    await cut(adminSession, account, (where) => where.id === id)
  })

/** Ends all sessions of an account that browsers have, on every server. Administrators. */
export const endAllEverywhere = (adminSession: Session, account: string): Promise<void> =>
  onRedis(async () => {
    await markSignedOut(adminSession, account)
    await cut(adminSession, account, () => true)
  })

import { StatusSetters } from '../../shared/schemas/status.ts'
import { isStranger, type Session } from '../gallery/session.ts'
import { onRedis } from '../redis/errors.ts'
import { tellOfStatuses } from './tell-statuses.ts'

/** From which right on an album members set the statuses of its photos. */
export const readStatusSetters = (session: Session): Promise<StatusSetters> =>
  onRedis(async () => {
    if (isStranger(session)) return 'modify'
    const kept = await session.redis.hget(session.keys.meta, 'statusesBy')
    return StatusSetters.safeParse(kept).data ?? 'modify'
  })

/** Says so, and tells all windows. Administrators. */
export const setStatusSetters = (session: Session, by: StatusSetters): Promise<void> =>
  onRedis(async () => {
    await session.redis.hset(session.keys.meta, 'statusesBy', by)
    await tellOfStatuses(session)
  })

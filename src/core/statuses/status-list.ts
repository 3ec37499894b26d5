import { Statuses, usualStatuses, type Status } from '../../shared/schemas/status.ts'
import { isStranger, type Session } from '../gallery/session.ts'
import { onRedis } from '../redis/errors.ts'

const parse = (text: string): Status[] => {
  try {
    return Statuses.safeParse(JSON.parse(text)).data ?? usualStatuses
  } catch {
    return usualStatuses
  }
}

/** The statuses that photos of the gallery can have, in their order; none for strangers, who see no photo's. */
export const readStatuses = (session: Session): Promise<Status[]> =>
  onRedis(async () => {
    if (isStranger(session)) return []
    const text = await session.redis.get(session.keys.statuses)
    return text === null ? usualStatuses : parse(text)
  })

import { setTimeout as wait } from 'node:timers/promises'
import { hasCode } from '../../../shared/errors.ts'
import type { Session } from '../../gallery/session.ts'

/** A Redis that went away is waited for, for these times, in milliseconds: a restart must not cost photos. */
const retryDelaysMs = [300, 700, 1500, 3000, 6000]

/**
 * Does work that may be done twice, again if Redis went away meanwhile. A Redis that answers and refuses (it is full, or
 * its disk is) is not asked a third time.
 */
export const whileAway = async <T>({ redis }: Session, work: () => Promise<T>): Promise<T> => {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const isAway = hasCode(error, 'UNAVAILABLE')
      const step = retryDelaysMs[attempt]
      if (!isAway || step === undefined || (attempt > 0 && redis.status === 'ready')) throw error
      await wait(step)
    }
  }
}

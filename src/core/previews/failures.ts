import { Recent } from '../../shared/domain/recent.ts'
import { hasCode } from '../../shared/errors.ts'
import { unreadable } from '../library/decode/pool.ts'

/** What was made of an original and failed is not tried again for this time, in milliseconds. */
const memoryMs = 60_000
const maxKept = 1000

/** Keeps what cannot be decoded from being decoded over and over. */
export class Failures {
  /** Until when, in milliseconds since 1970. */
  readonly #until = new Recent<number>(maxKept)

  /** Makes something, unless it failed a moment ago: UNSUPPORTED then, as before. */
  async guard<T>(name: string, make: () => Promise<T>): Promise<T> {
    if ((this.#until.get(name) ?? 0) > Date.now()) throw unreadable()
    try {
      return await make()
    } catch (error) {
      if (hasCode(error, 'UNSUPPORTED')) this.#until.set(name, Date.now() + memoryMs)
      throw error
    }
  }
}

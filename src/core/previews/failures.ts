import { Recent } from '../../shared/domain/recent.ts'
import { GalleryError, hasCode } from '../../shared/errors.ts'

/** What was made of an original and failed is not tried again for this time, in milliseconds. */
const memoryMs = 60_000
const maxKept = 1000

/** UNSUPPORTED: nothing can be made of this original. */
export const unreadable = (cause?: unknown) =>
  new GalleryError('UNSUPPORTED', 'originalUnreadable', {}, { cause })

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

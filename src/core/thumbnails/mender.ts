import { GalleryError, hasCode } from '../../shared/errors.ts'
import type { Decoder } from '../library/decode/pool.ts'
import type { Originals } from '../photos/originals.ts'
import { onRedis } from '../redis/errors.ts'
import type { Session } from '../gallery/session.ts'
import { readThumb } from './read-thumbnail.ts'
import { BoundedQueue } from './queue.ts'
import { redraw, type Redrawn } from './redraw.ts'

/** One at a time, so that the decoders stay free for a user who looks at a photo; a few screens of a grid may wait. */
const limits = { running: 1, waiting: 400, ofCaller: 200 }
/** An original that gave no thumbnail is not decoded again for this time, in milliseconds. */
const failureMemoryMs = 60_000
/** Failures kept in mind; the oldest go first. */
const maxFailures = 1000

const lost = (cause?: unknown) => new GalleryError('NOT_FOUND', 'thumbLost', {}, { cause })

/** Makes thumbnails again that are gone or were overwritten, as they are asked for. */
export class ThumbMender {
  readonly #decoder: Pick<Decoder, 'read'>
  readonly #queue = new BoundedQueue(limits)
  readonly #running = new Map<string, Promise<Redrawn>>()
  /** Until when, in milliseconds since 1970. */
  readonly #failed = new Map<string, number>()

  constructor(decoder: Pick<Decoder, 'read'>) {
    this.#decoder = decoder
  }

  /**
   * The thumbnail of a photo that the caller can read, made again from its original. NOT_FOUND where the photo has another
   * one, or its original is not here or not readable; UNAVAILABLE where too many wait already.
   */
  async mend(
    originals: Originals,
    caller: Session,
    name: string,
    { album, photo }: { album: string; photo: string },
  ): Promise<Redrawn> {
    const { redis, keys, account } = caller
    if ((await onRedis(() => redis.hget(keys.photo(album, photo), 'thumb'))) !== name) throw lost()
    const original = await originals.open(caller, album, photo).catch((error: unknown) => {
      throw hasCode(error, 'NOT_FOUND') ? lost(error) : error
    })
    await original.file.close()
    const key = `${original.indexed}\n${name}`
    if ((this.#failed.get(key) ?? 0) > Date.now()) throw lost()
    const running = this.#running.get(key)
    if (running) return running
    const work = this.#queue
      .run(account, () =>
        this.#decode(key, async () => {
          // Another caller may have had it made a moment before, while this one was on its way here.
          const bytes = await readThumb(caller, name).catch(() => null)
          return bytes ? { bytes, named: true } : redraw(this.#decoder, original, name)
        }),
      )
      .finally(() => this.#running.delete(key))
    this.#running.set(key, work)
    return work
  }

  async #decode(key: string, work: () => Promise<Redrawn>): Promise<Redrawn> {
    try {
      return await work()
    } catch (error) {
      if (!hasCode(error, 'UNSUPPORTED')) throw error
      this.#failed.delete(key)
      this.#failed.set(key, Date.now() + failureMemoryMs)
      const [oldest] = this.#failed.keys()
      if (this.#failed.size > maxFailures && oldest !== undefined) this.#failed.delete(oldest)
      throw lost(error)
    }
  }
}

import { GalleryError } from '../../shared/errors.ts'
import type { Home } from '../gallery/local-settings.ts'
import { allOriginals } from '../library/host-originals.ts'
import { createDecoder, type Decoder } from '../library/decode/pool.ts'
import type { Originals } from '../photos/originals.ts'
import { onRedis } from '../redis/errors.ts'
import type { Session } from '../gallery/session.ts'
import { thumbLifeSeconds } from './collect-thumbnails.ts'
import { findBadThumbs, type BadThumb } from './find-bad.ts'
import { redraw } from './redraw.ts'

export interface MendCounts {
  mended: number
  /** Their originals are not on this computer, or cannot be read any more. */
  left: number
}

export interface MendOptions {
  onProgress?: (counts: MendCounts) => void
  /** Is closed at the end. */
  decoder?: Decoder
}

const mendOne = async (
  session: Session,
  originals: Originals,
  decoder: Decoder,
  { album, photo, thumb, why }: BadThumb,
): Promise<void> => {
  const { redis, keys } = session
  if (why === 'short-lived') {
    await onRedis(() => redis.expire(keys.thumb(thumb ?? ''), thumbLifeSeconds))
    return
  }
  const original = await originals.open(session, album, photo)
  await original.file.close()
  await redraw(decoder, original, thumb)
}

/** What no other attempt would mend either: the thumbnail stays as it is, the others go on. */
const isLeft = (error: unknown) => error instanceof GalleryError && error.code !== 'UNAVAILABLE'

/**
 * Makes thumbnails again that are gone or hold other bytes, from the originals on this computer, and gives those a full
 * life again that would be gone too early. Administrators.
 */
export const mendThumbs = async (
  session: Session,
  home: Home,
  { onProgress = () => undefined, decoder = createDecoder() }: MendOptions = {},
): Promise<MendCounts> => {
  const counts = { mended: 0, left: 0 }
  try {
    const originals = await allOriginals(session, home)
    for await (const part of findBadThumbs(session)) {
      const waiting = [...part]
      const work = async () => {
        for (let bad = waiting.pop(); bad; bad = waiting.pop()) {
          try {
            await mendOne(session, originals, decoder, bad)
            counts.mended++
          } catch (error) {
            if (!isLeft(error)) throw error
            counts.left++
          }
          onProgress({ ...counts })
        }
      }
      await Promise.all(Array.from({ length: decoder.workers }, work))
    }
  } finally {
    await decoder.close()
  }
  return counts
}

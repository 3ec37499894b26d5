import { findFfmpeg } from '../library/decode/video/ffmpeg.ts'
import { readHashes } from '../redis/claims.ts'
import { locatePhotos } from '../photos/locate.ts'
import { onRedis } from '../redis/errors.ts'
import type { Session } from '../gallery/session.ts'
import { minThumbLifeSeconds } from './collect-thumbnails.ts'
import { isNamed, maxThumbBytes } from './read-thumbnail.ts'
import { namesOf, shownPhotos, type ShownPhoto } from './shown.ts'

export interface BadThumb extends ShownPhoto {
  /**
   * `unnamed`: the photo's record names no thumbnail. `short-lived`: the bytes are right, but will not stay. `drawn`: a video
   * came when there was no ffmpeg to make a frame of it, and now there is.
   */
  why: 'unnamed' | 'missing' | 'overwritten' | 'short-lived' | 'drawn'
}

/** Thumbnails read at once: a few megabytes at the worst that members may have written. */
const readAtOnce = 64

const lookAt = ({ redis, keys }: Session, photos: ShownPhoto[]): Promise<BadThumb[]> =>
  onRedis(async () => {
    const answers = await Promise.all(
      photos.map(({ thumb }) => {
        const key = keys.thumb(thumb ?? '')
        return Promise.all([redis.ttl(key), redis.getrangeBuffer(key, 0, maxThumbBytes)])
      }),
    )
    const records = photos.map(({ album, photo }) => keys.photo(album, photo))
    const drawn = findFfmpeg() ? await readHashes(redis, records, { drawn: 8 }) : []
    return photos.flatMap((photo, i): BadThumb[] => {
      if (photo.thumb === null) return [{ ...photo, why: 'unnamed' }]
      const [life, bytes] = answers[i] ?? [0, null]
      if (bytes?.length === 0) return [{ ...photo, why: 'missing' }]
      if (!bytes || !isNamed(bytes, photo.thumb)) return [{ ...photo, why: 'overwritten' }]
      if (life < minThumbLifeSeconds) return [{ ...photo, why: 'short-lived' }]
      return drawn[i]?.[0] === '1' ? [{ ...photo, why: 'drawn' }] : []
    })
  })

/**
 * The photos whose thumbnails are gone, hold other bytes than their name says, or will be gone before long; a few at a
 * time, so that a gallery of any size is looked through in little memory. Reads every thumbnail. Administrators.
 */
export async function* findBadThumbs(session: Session): AsyncGenerator<BadThumb[]> {
  for await (const photos of shownPhotos(session))
    for (let start = 0; start < photos.length; start += readAtOnce) {
      const bad = await lookAt(session, photos.slice(start, start + readAtOnce))
      if (bad.length > 0) yield bad
    }
}

/** Where photos are that were moved since, of those that are anywhere. */
const whereNow = async (session: Session, photos: string[]) =>
  photos.length === 0
    ? []
    : (await locatePhotos(session, photos)).map(({ album, photo }) => ({ album, photo }))

const named = async (session: Session, photos: { album: string; photo: string }[]): Promise<ShownPhoto[]> => {
  const names = await namesOf(session, photos)
  return photos.map((photo, i) => ({ ...photo, thumb: names[i] ?? null }))
}

/**
 * Which of some photos have lost their thumbnail, or will before long. Asks for times to live alone, so that it is fast for
 * a whole library; other bytes with a life like ours are found where they are read. `photos`: where they were last.
 */
export const findLostThumbs = async (
  session: Session,
  photos: { album: string; photo: string }[],
): Promise<ShownPhoto[]> => {
  const there = await named(session, photos)
  const elsewhere = there.filter(({ thumb }) => thumb === null).map(({ photo }) => photo)
  const known = there.filter(({ thumb }) => thumb !== null)
  known.push(...(await named(session, await whereNow(session, elsewhere))))
  const { redis, keys } = session
  const lives = await onRedis(() => Promise.all(known.map(({ thumb }) => redis.ttl(keys.thumb(thumb ?? '')))))
  return known.filter(({ thumb }, i) => thumb === null || (lives[i] ?? 0) < minThumbLifeSeconds)
}

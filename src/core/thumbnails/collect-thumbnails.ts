import { scanKeys } from '../redis/scan-keys.ts'
import { callFunction } from '../redis/call-function.ts'
import type { Session } from '../gallery/session.ts'
import { shownPhotos } from './shown.ts'

/** Ten years in seconds: only marks thumbnails as what Redis may drop when its memory is full (docs/data-model.md). */
export const thumbLifeSeconds = 10 * 365 * 24 * 60 * 60

/** A thumbnail that has less than this left, in seconds, was given another life than ours, or is old: it gets a new one. */
export const minThumbLifeSeconds = thumbLifeSeconds / 2

/** A thumbnail is written before its photo: one that is younger than this, in seconds, may still get one. */
const minAgeSeconds = 60 * 60
/** Names of the thumbnails that any photo shows, in albums, in their trash, and in albums in the trash. */
export const shownThumbs = async (session: Session): Promise<Set<string>> => {
  const shown = new Set<string>()
  for await (const part of shownPhotos(session)) for (const { thumb } of part) if (thumb) shown.add(thumb)
  return shown
}

/** Names of all thumbnails that there are. */
export async function* storedThumbs({ redis, keys }: Session): AsyncGenerator<string[]> {
  const ownIdPrefix = keys.thumb('')
  for await (const part of scanKeys(redis, keys.pattern.thumbs))
    yield part.map((key) => key.slice(ownIdPrefix.length))
}

/** Removes the thumbnails that no photo shows any more, and tells how many. Administrators. */
export const collectThumbs = async (session: Session, young = minAgeSeconds): Promise<number> => {
  const { redis, keys } = session
  const shown = await shownThumbs(session)
  let gone = 0
  for await (const part of storedThumbs(session)) {
    const idle = part.filter((name) => !shown.has(name))
    const answers = await Promise.all(
      idle.map((name) =>
        callFunction(redis, 'collect-thumb', [keys.thumb(name)], [thumbLifeSeconds - young]),
      ),
    )
    gone += answers.filter((answer) => answer === 1).length
  }
  return gone
}

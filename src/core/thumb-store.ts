import { deletedAlbums, readableAlbums } from './reach.ts'
import { results } from './redis/errors.ts'
import { scanKeys } from './redis/scan.ts'
import { callFunction } from './redis/call-function.ts'
import type { Session } from './session.ts'

/** Ten years in seconds: only marks thumbnails as what Redis may drop when its memory is full (docs/data-model.md). */
export const thumbLife = 10 * 365 * 24 * 60 * 60

/** A thumbnail is written before its photo: one that is younger than this, in seconds, may still get one. */
const youth = 60 * 60
/** Commands in one pipeline, so that Redis answers others in between. */
const chunk = 1000

/** Names of the thumbnails that any photo shows, in albums, in their trash, and in albums in the trash. */
export const shownThumbs = async (session: Session): Promise<Set<string>> => {
  const { redis, keys } = session
  const shown = new Set<string>()
  for (const album of [...(await readableAlbums(session)), ...(await deletedAlbums(session))]) {
    const hung = await redis.zrange(keys.albumPhotos(album), 0, '-1')
    const ids = [...hung, ...(await redis.zrange(keys.albumTrash(album), 0, '-1'))]
    for (let start = 0; start < ids.length; start += chunk) {
      const asked = redis.pipeline()
      for (const id of ids.slice(start, start + chunk)) asked.hget(keys.photo(album, id), 'thumb')
      for (const name of results<string | null>(await asked.exec())) if (name) shown.add(name)
    }
  }
  return shown
}

/** Names of all thumbnails that there are. */
export async function* storedThumbs({ redis, keys }: Session): AsyncGenerator<string[]> {
  const stem = keys.thumb('')
  for await (const part of scanKeys(redis, keys.pattern.thumbs))
    yield part.map((key) => key.slice(stem.length))
}

/** Removes the thumbnails that no photo shows any more, and tells how many. Administrators. */
export const collectThumbs = async (session: Session, young = youth): Promise<number> => {
  const { redis, keys } = session
  const shown = await shownThumbs(session)
  let gone = 0
  for await (const part of storedThumbs(session)) {
    const idle = part.filter((name) => !shown.has(name))
    const answers = await Promise.all(
      idle.map((name) => callFunction(redis, 'collect-thumb', [keys.thumb(name)], [thumbLife - young])),
    )
    gone += answers.filter((answer) => answer === 1).length
  }
  return gone
}

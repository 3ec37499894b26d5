import { GalleryError } from '../shared/errors.ts'
import type { Album } from '../shared/schemas.ts'
import { readableAlbums } from './events.ts'
import { onRedis, results } from './redis/errors.ts'
import type { Session } from './session.ts'

const byTitle = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** A title as titles are compared: two that differ by case or composition alone are the same. */
export const foldTitle = (title: string) => title.normalize('NFC').toLowerCase()

/** The albums that the session may read, by title. */
export const listAlbums = (session: Session): Promise<Album[]> =>
  onRedis(async () => {
    const { redis, keys } = session
    const ids = await readableAlbums(session)
    const shown = new Set(await redis.smembers(keys.public))
    const asked = redis.pipeline()
    for (const id of ids) asked.hget(keys.albumInfo(id), 'title').zcard(keys.albumPhotos(id))
    const answers = results<string | number | null>(await asked.exec())
    return ids
      .map((id, i) => ({
        id,
        title: answers[2 * i] as string | null,
        photos: answers[2 * i + 1] as number,
        public: shown.has(id),
      }))
      .filter((album): album is Album => album.title !== null)
      .sort((a, b) => byTitle.compare(a.title, b.title))
  })

/** Finds an album by its id or its title, without regard to case. NOT_FOUND also where the session may not read it. */
export const findAlbum = async (session: Session, wanted: string): Promise<Album> => {
  const albums = await listAlbums(session)
  const title = foldTitle(wanted)
  const found =
    albums.find(({ id }) => id === wanted) ?? albums.find((album) => foldTitle(album.title) === title)
  if (!found) throw new GalleryError('NOT_FOUND', `There is no album “${wanted}” that you may see.`)
  return found
}

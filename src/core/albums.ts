import { GalleryError } from '../shared/errors.ts'
import { PhotoId, type Album } from '../shared/schemas.ts'
import { modifiableAlbums, readableAlbums } from './reach.ts'
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
    const [shown, modified] = [
      new Set(await redis.smembers(keys.public)),
      new Set(await modifiableAlbums(session)),
    ]
    const asked = redis.pipeline()
    for (const id of ids)
      asked.hmget(keys.albumInfo(id), 'title', 'description', 'cover', 'deleted').zcard(keys.albumPhotos(id))
    const answers = results<(string | null)[] | number>(await asked.exec())
    return ids
      .flatMap((id, i): Album[] => {
        const [title, description, cover, deleted] = answers[2 * i] as (string | null)[]
        if (!title || deleted) return []
        return [
          {
            id,
            title,
            photos: answers[2 * i + 1] as number,
            public: shown.has(id),
            description: description ?? '',
            cover: PhotoId.safeParse(cover).success ? (cover ?? null) : null,
            right: modified.has(id) ? 'modify' : 'read',
          },
        ]
      })
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

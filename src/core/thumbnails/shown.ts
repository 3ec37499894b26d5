import { ThumbName } from '../../shared/schemas.ts'
import { deletedAlbums, readableAlbums } from '../reach.ts'
import { onRedis } from '../redis/errors.ts'
import type { Session } from '../session.ts'

export interface ShownPhoto {
  album: string
  photo: string
  /** Name of its thumbnail; null where its record holds none. */
  thumb: string | null
}

type Reply = [error: Error | null, result: unknown]

/** Answers of a pipeline on keys that members may write: what has another type than ours holds nothing. */
export const answersOf = <T>(replies: Reply[] | null): (T | null)[] =>
  (replies ?? []).map(([error, result]) => {
    if (error && !error.message.startsWith('WRONGTYPE')) throw error
    return error ? null : (result as T)
  })

/** Names of the thumbnails of photos; null for what is no name, and where there is no such photo. */
export const namesOf = (
  { redis, keys }: Session,
  photos: { album: string; photo: string }[],
): Promise<(string | null)[]> =>
  onRedis(async () => {
    const asked = redis.pipeline()
    for (const { album, photo } of photos) asked.hget(keys.photo(album, photo), 'thumb')
    const names = answersOf<string>(await asked.exec())
    return names.map((name) => (ThumbName.safeParse(name).success ? name : null))
  })

const idsIn = ({ redis }: Session, sets: string[]): Promise<string[]> =>
  onRedis(async () => {
    const asked = redis.pipeline()
    for (const key of sets) asked.zrange(key, 0, '-1')
    return answersOf<string[]>(await asked.exec()).flatMap((ids) => ids ?? [])
  })

/** Photos asked about in one pipeline, so that Redis answers others in between. */
const chunk = 1000

/** The photos of some albums, a few at a time. */
export async function* photosIn(
  session: Session,
  albums: string[],
  { trash }: { trash: boolean },
): AsyncGenerator<ShownPhoto[]> {
  const { keys } = session
  for (const album of albums) {
    const ids = await idsIn(session, [keys.albumPhotos(album), ...(trash ? [keys.albumTrash(album)] : [])])
    for (let start = 0; start < ids.length; start += chunk) {
      const part = ids.slice(start, start + chunk).map((photo) => ({ album, photo }))
      const names = await namesOf(session, part)
      yield part.map((photo, i) => ({ ...photo, thumb: names[i] ?? null }))
    }
  }
}

/** All photos, in albums, in their trash, and in albums in the trash. Administrators. */
export async function* shownPhotos(session: Session): AsyncGenerator<ShownPhoto[]> {
  const albums = [...(await readableAlbums(session)), ...(await deletedAlbums(session))]
  yield* photosIn(session, albums, { trash: true })
}

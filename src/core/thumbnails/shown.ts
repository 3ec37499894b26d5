import { chunksOf } from '../../shared/domain/chunks.ts'
import { ThumbName } from '../../shared/schemas/ids.ts'
import { deletedAlbums, readableAlbums } from '../albums/visible-albums.ts'
import { summaryFields } from '../photos/photo-record.ts'
import { readHashes, readWholeSets } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import type { Session } from '../gallery/session.ts'

export interface ShownPhoto {
  album: string
  photo: string
  /** Name of its thumbnail; null where its record holds none. */
  thumb: string | null
}

/** Names of the thumbnails of photos; null for what is no name, and where there is no such photo. */
export const namesOf = (
  { redis, keys }: Session,
  photos: { album: string; photo: string }[],
): Promise<(string | null)[]> =>
  onRedis(async () => {
    const records = photos.map(({ album, photo }) => keys.photo(album, photo))
    const rows = await readHashes(redis, records, { thumb: summaryFields.thumb })
    return rows.map((row) => (ThumbName.safeParse(row?.[0]).success ? (row?.[0] ?? null) : null))
  })

/** Photos asked about in one pipeline, so that Redis answers others in between. */
const pipelineSize = 1000

/** The photos of some albums, a few at a time. */
async function* photosIn(
  session: Session,
  albums: string[],
  { trash }: { trash: boolean },
): AsyncGenerator<ShownPhoto[]> {
  const { keys } = session
  for (const album of albums) {
    const sets = [
      keys.albumPhotos(album),
      keys.albumBehind(album),
      ...(trash ? [keys.albumTrash(album)] : []),
    ]
    const listed = await onRedis(() => readWholeSets(session.redis, sets))
    const ids = listed.flat().flatMap(({ id }) => id ?? [])
    for (const some of chunksOf(ids, pipelineSize)) {
      const part = some.map((photo) => ({ album, photo }))
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

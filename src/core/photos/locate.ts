import { deletedAlbums, readableAlbums } from '../albums/visible-albums.ts'
import { ownIdPrefixOf } from '../gallery/ids.ts'
import type { Session } from '../gallery/session.ts'
import { trueAlbums } from '../library/writing/true-albums.ts'
import { readScores } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import { summaryFields } from './photo-record.ts'
import { recordsOf } from './read-records.ts'

/** Where a photo is. */
export interface Located {
  photo: string
  album: string
  trashed: boolean
}

/** Where photos may be listed: in a sorted set of an album. */
interface Listing {
  album: string
  key: string
  trashed: boolean
}

const locateIn = async (session: Session, photos: string[], locations: Listing[]): Promise<Located[]> => {
  const scores = await readScores(
    session.redis,
    locations.map(({ key }) => key),
    photos,
  )
  const listed = photos.flatMap((photo, n) =>
    locations.flatMap(({ album, trashed }, i) => (scores[i]?.[n] == null ? [] : [{ photo, album, trashed }])),
  )
  return oneEach(session, photos, await withRecord(session, listed))
}

/**
 * Which of some albums photos hang in, by the id of the photo: not in their trash, nor behind another photo. Redis judges on the
 * caller's own connection whether these albums may be read.
 */
export const hangingIn = async (
  session: Session,
  albums: string[],
  photos: string[],
): Promise<Map<string, string>> => {
  const listings = albums.map((album) => ({ album, key: session.keys.albumPhotos(album), trashed: false }))
  const located = await locateIn(session, photos, listings)
  return new Map(located.map(({ photo, album }) => [photo, album]))
}

/** In which of the caller's albums photos are, the trash included, albums in the trash too. */
export const locatePhotos = (session: Session, photos: string[]): Promise<Located[]> =>
  onRedis(async () => {
    const { keys } = session
    const live = await readableAlbums(session)
    const deleted = await deletedAlbums(session)
    const locations = [
      ...live.map((album) => ({ album, key: keys.albumPhotos(album), trashed: false })),
      ...deleted.map((album) => ({ album, key: keys.albumPhotos(album), trashed: true })),
      ...[...live, ...deleted].map((album) => ({ album, key: keys.albumTrash(album), trashed: true })),
      ...live.map((album) => ({ album, key: keys.albumBehind(album), trashed: false })),
    ]
    return locateIn(session, photos, locations)
  })

/** Those of some locations where the photo's record really is. */
const withRecord = async (session: Session, listed: Located[]): Promise<Located[]> => {
  const locations = listed.map(({ photo, album }) => ({ id: photo, album }))
  const found = await recordsOf(session, locations, { name: summaryFields.name, digest: 64 })
  return listed.filter((_, i) => found[i])
}

/**
 * One location for each photo. A member who may modify an album can write another one's photo into it by hand: then the one
 * that the index of its host agrees with is believed, or else the one in an album that no account made as its own.
 */
const oneEach = async (session: Session, photos: string[], located: Located[]): Promise<Located[]> => {
  const byPhoto = Map.groupBy(located, ({ photo }) => photo)
  const twins = [...byPhoto.values()].filter((locations) => locations.length > 1).flat()
  const known =
    session.identity.administrator && twins.length > 0 ? await trueAlbums(session, twins) : new Set<Located>()
  return photos.flatMap((photo) => {
    const locations = byPhoto.get(photo) ?? []
    const believed = locations.find((location) => known.has(location))
    return believed ?? locations.find(({ album }) => ownIdPrefixOf(album) === null) ?? locations[0] ?? []
  })
}

import type { CameraCount } from '../../shared/schemas/photo.ts'
import { readableAlbums } from '../albums/visible-albums.ts'
import type { IndexedPhoto } from './indexed-photo.ts'
import { photoIndexesOf } from './photo-index.ts'
import { onRedis } from '../redis/errors.ts'
import type { Session } from '../gallery/session.ts'

type Photos = ReadonlyMap<string, IndexedPhoto>

/** The cameras of the photos of each album, as long as these are what they were. */
const counted = new WeakMap<Photos, Map<string, number>>()

const countOf = (photos: Photos) => {
  const counts = new Map<string, number>()
  for (const { camera } of photos.values()) if (camera) counts.set(camera, (counts.get(camera) ?? 0) + 1)
  counted.set(photos, counts)
  return counts
}

/** The cameras of an album's photos, or of all that the session may read, the most used first. */
export const countCameras = (session: Session, album: string | null): Promise<CameraCount[]> =>
  onRedis(async () => {
    const albums = album === null ? await readableAlbums(session) : [album]
    const counts = new Map<string, number>()
    for (const photos of await photoIndexesOf(session, albums))
      for (const [camera, number] of counted.get(photos) ?? countOf(photos))
        counts.set(camera, (counts.get(camera) ?? 0) + number)
    return [...counts]
      .map(([camera, photos]) => ({ camera, photos }))
      .sort((a, b) => b.photos - a.photos || (a.camera < b.camera ? -1 : 1))
  })

import type { CameraCount } from '../../shared/schemas/photo.ts'
import { readableAlbums } from '../albums/visible-albums.ts'
import { photoIndexesOf } from './photo-index.ts'
import { onRedis } from '../redis/errors.ts'
import type { Session } from '../gallery/session.ts'

/** The cameras of an album's photos, or of all that the session may read, the most used first. */
export const countCameras = (session: Session, album: string | null): Promise<CameraCount[]> =>
  onRedis(async () => {
    const counts = new Map<string, number>()
    for (const photos of await photoIndexesOf(
      session,
      album === null ? await readableAlbums(session) : [album],
    ))
      for (const { camera } of photos.values()) if (camera) counts.set(camera, (counts.get(camera) ?? 0) + 1)
    return [...counts]
      .map(([camera, photos]) => ({ camera, photos }))
      .sort((a, b) => b.photos - a.photos || (a.camera < b.camera ? -1 : 1))
  })

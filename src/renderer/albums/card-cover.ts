import type { PhotoQuery, PhotoSummary } from '../../shared/schemas/photo.ts'
import type { Client } from '../api/client.ts'

/** The photo that was chosen to stand for others; null where it cannot be seen: it may have been moved or removed since. */
export const chosenPhoto = (client: Client, album: string, photo: string): Promise<PhotoSummary | null> =>
  client.photos.show({ album, photo }).catch(() => null)

/** The first photo of a view; null where there is none. */
export const firstPhoto = async (client: Client, view: PhotoQuery): Promise<PhotoSummary | null> =>
  (await client.photos.page({ view, offset: 0, limit: 1 })).photos[0] ?? null

import type { CameraCount } from '../../shared/schemas/photo.ts'
import { onRedis } from '../redis/errors.ts'
import type { Session } from '../gallery/session.ts'
import { counting } from './photo-counts.ts'

const count = counting(({ camera }) => camera)

/** The cameras of an album's photos, or of all that the session may read, the most used first. */
export const countCameras = (session: Session, album: string | null): Promise<CameraCount[]> =>
  onRedis(async () =>
    [...(await count(session, album))]
      .map(([camera, photos]) => ({ camera, photos }))
      .sort((a, b) => b.photos - a.photos || (a.camera < b.camera ? -1 : 1)),
  )

import { GalleryError } from '../../shared/errors.ts'
import type { StackedFile } from '../../shared/schemas/photo.ts'
import type { Session } from '../gallery/session.ts'
import { line } from '../photos/field-values.ts'
import { detailFields, toDetails } from '../photos/photo-record.ts'
import { readHashes, toRecord } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import { behindOf } from './stack-record.ts'

/** The files of a photo, the one that shows first. NOT_FOUND where there is none. */
export const filesOf = (session: Session, album: string, photo: string): Promise<StackedFile[]> =>
  onRedis(async () => {
    const { redis, keys, host } = session
    const [behind = []] = await behindOf(session, album, [photo])
    const ids = [photo, ...behind.map(({ id }) => id)]
    const rows = await readHashes(
      redis,
      ids.map((id) => keys.photo(album, id)),
      detailFields,
    )
    const files = ids.flatMap((id, i): StackedFile[] => {
      const record = toRecord(Object.keys(detailFields), rows[i] ?? [])
      if (!record.name) return []
      const { type, bytes, width, height, thumb, missing } = toDetails(album, id, record, {
        host,
        nameOf: (tag) => tag,
      })
      return [{ id, name: line(record.name), type, bytes, width, height, thumb, missing }]
    })
    if (files[0]?.id !== photo) throw new GalleryError('NOT_FOUND', 'photoNotInAlbum')
    return files
  })

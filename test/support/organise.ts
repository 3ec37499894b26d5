import { applyChanges } from '../../src/core/changes/apply-changes.ts'
import { checkGallery } from '../../src/core/maintenance/check-gallery.ts'
import { createAlbum } from '../../src/core/albums/create-album.ts'
import { addPhotos } from '../../src/core/library/writing/photo-writer.ts'
import type { ReadPhoto } from '../../src/core/library/decode/read-photo.ts'
import type { Session } from '../../src/core/gallery/session.ts'
import { newOperationId } from '../../src/shared/domain/random-ids.ts'
import { inCalls } from '../../src/shared/domain/changes.ts'
import type { Change, ChangeMode, Changed } from '../../src/shared/schemas/change.ts'

let serial = 0

/** A photo as the decoder returns it, without a file: what users do to photos does not look at files. */
export const readPhoto = (n: number): ReadPhoto => ({
  digest: Buffer.from(`digest ${n}`.padEnd(32)).toString('base64url'),
  bytes: 1000 + n,
  mtime: Date.UTC(2020, 0, 1) + n * 1000,
  time: Date.UTC(2010, 0, 1) + n * 60_000,
  thumb: Buffer.from(`thumbnail ${n % 7}`),
  thumbName: String(n % 7).repeat(64),
  fields: {
    type: 'image/jpeg',
    width: '6000',
    height: '4000',
    taken: `${new Date(Date.UTC(2010, 0, 1) + n * 60_000).toISOString().slice(0, 19)}+00:00`,
    camera: `Camera ${n % 3}`,
  },
  said: { title: '', caption: '', rating: '', flag: '', label: '', tags: [] },
})

/** An album with so many photos, by the way that the library writes them. */
export const albumWithPhotos = async (session: Session, title: string, count: number) => {
  const { id: album } = await createAlbum(session, { title })
  const photos: string[] = []
  for (let start = 0; start < count; start += 500) {
    const part = Array.from({ length: Math.min(500, count - start) }, () => {
      const n = serial++
      return { path: `/photos/${title}/${n}.jpg`, read: readPhoto(n) }
    })
    const entries = await addPhotos(session, album, part)
    photos.push(...part.map(({ path }) => entries.get(path)?.photo ?? ''))
  }
  return { album, photos }
}

/** Makes changes of any size, as the window and the command line do. */
export const change = async (session: Session, changes: Change[], mode: ChangeMode = 'free') => {
  const all: Changed = { changed: 0, skipped: 0, undo: [], album: null, collection: null }
  const act = newOperationId()
  for (const call of inCalls(changes, 500)) {
    const done = await applyChanges(session, { act, changes: call, mode })
    all.changed += done.changed
    all.skipped += done.skipped
    all.undo.unshift(...done.undo)
    all.album = done.album ?? all.album
    all.collection = done.collection ?? all.collection
  }
  return all
}

/** What the checker finds in a gallery whose thumbnails were not drawn. */
export const findings = async (session: Session) =>
  (await checkGallery(session, { repair: false })).filter(({ what }) => !what.startsWith('thumbnails'))

import { GalleryError, hasCode } from '../../shared/errors.ts'
import type { Entry } from '../library/index/file-index.ts'
import type { Decoder } from '../library/decode/pool.ts'
import type { NewPhoto } from '../library/writing/photo-fields.ts'
import { changePhoto, writeThumbs } from '../library/writing/photo-writer.ts'
import type { Original } from '../photos/originals.ts'
import type { Session } from '../gallery/session.ts'
import { isContent } from '../library/index/first-digest.ts'

export interface Redrawn {
  bytes: Uint8Array
  /** The bytes are those that the name tells of, so that they are theirs for ever. */
  named: boolean
}

/**
 * Writes the thumbnail of a photo again, out of its file that was just read. Where the decoder makes other bytes than in
 * former times, they come under a name of their own, which the photo then has.
 */
export const writeRedrawn = async (
  host: Session,
  known: Entry,
  photo: NewPhoto,
  name: string | null,
): Promise<void> => {
  if (photo.read.thumbName === name) await writeThumbs(host, [photo])
  else await changePhoto(host, known, photo, 0)
}

const isRefusal = (error: unknown) => hasCode(error, 'FORBIDDEN')

/** Makes a thumbnail again from its original, and writes it where the host's session may. UNSUPPORTED where it cannot. */
export const redraw = async (
  decoder: Pick<Decoder, 'read'>,
  { path, indexed, entry, host }: Original,
  name: string | null,
): Promise<Redrawn> => {
  const result = await decoder.read(path)
  if (result.kind !== 'photo' || !isContent(entry.digest, result.photo))
    throw new GalleryError('UNSUPPORTED', 'originalUnreadable')
  const { photo: read } = result
  await writeRedrawn(host, entry, { path: indexed, read }, name).catch((error: unknown) => {
    // An account that may not write them can show its thumbnails all the same.
    if (!isRefusal(error)) throw error
  })
  return { bytes: read.thumb, named: read.thumbName === name }
}

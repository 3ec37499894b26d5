import { realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { GalleryError } from '../shared/errors.ts'
import type { PhotoDetails } from '../shared/schemas.ts'
import type { Home } from './home.ts'
import { isIn } from './library/roots.ts'
import { showPhoto } from './photos.ts'
import type { Session } from './session.ts'

export interface Original {
  photo: PhotoDetails
  /** Real path of the file: below a registered root of this host. */
  path: string
  bytes: number
}

/** Whether a file is, or lies in, what the person of this host registered. Records in Redis could be forged. */
const isRegistered = async (home: Home, gallery: string, file: string) => {
  for (const { path } of home.roots(gallery)) {
    const root = await realpath(path).catch(() => null)
    if (root && isIn(file, root)) return true
  }
  return false
}

/**
 * Finds the original of a photo on this host's disk. NOT_FOUND where it is gone or on another host; FORBIDDEN where
 * the record points outside the registered folders, through links too.
 */
export const findOriginal = async (
  session: Session,
  home: Home,
  album: string,
  id: string,
): Promise<Original> => {
  const photo = await showPhoto(session, album, id)
  if (photo.host !== session.host)
    throw new GalleryError('NOT_FOUND', `The original is on another computer, ${photo.host}: ${photo.path}`)
  const gone = new GalleryError('NOT_FOUND', `The original is not at its place any more: ${photo.path}`)
  const path = await realpath(join(photo.path)).catch(() => {
    throw gone
  })
  if (!(await isRegistered(home, session.keys.gallery, path)))
    throw new GalleryError(
      'FORBIDDEN',
      'The original lies outside the folders that this computer shows photos from.',
    )
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) throw gone
  return { photo, path, bytes: found.size }
}

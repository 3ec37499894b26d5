import type { UploadDesk } from '../core/library/uploads/upload-desk.ts'
import { GalleryError } from '../shared/errors.ts'
import type { Sender } from '../shared/schemas/upload.ts'
import type { Context } from './base.ts'
import { notForStrangers } from './for-strangers.ts'

/** What takes uploads, or a refusal: only a server does. */
export const uploadsOf = ({ uploads }: Context): UploadDesk => {
  if (!uploads) throw new GalleryError('UNAVAILABLE', 'uploadNowhere')
  return uploads
}

/** Who sent a photo, for accounts; null where nobody did, or this host does not know. */
export const senderOf = async (
  { uploads, session }: Context,
  { album, photo }: { album: string; photo: string },
): Promise<Sender | null> => {
  notForStrangers(session)
  const sent = uploads ? await uploads.sender(session, album, photo) : null
  return sent && { by: sent.by, at: new Date(sent.at).toISOString() }
}

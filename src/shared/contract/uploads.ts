import { z } from 'zod'
import { AlbumId, PhotoId } from '../schemas/ids.ts'
import { Sender, UploadOffer } from '../schemas/upload.ts'
import { base, refusing } from './base.ts'

/** What the caller may send to an album by a browser, and why not. The files themselves go to `/upload`, by tus. */
const offer = base.input(z.object({ album: AlbumId })).output(UploadOffer)

/** Who sent a photo by a browser; null where nobody did, or where this host does not know of it. */
const sender = refusing('NOT_FOUND')
  .input(z.object({ album: AlbumId, photo: PhotoId }))
  .output(Sender.nullable())

export const uploads = { offer, sender }

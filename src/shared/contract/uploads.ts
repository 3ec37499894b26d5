import { z } from 'zod'
import { AlbumId, PhotoId } from '../schemas/ids.ts'
import { Sender, UploadOffer, UploadSettings, WantedUploads } from '../schemas/upload.ts'
import { base, refusing } from './base.ts'

/** What the caller may send to an album by a browser, and why not. The files themselves go to `/upload`, by tus. */
const offer = base.input(z.object({ album: AlbumId })).output(UploadOffer)

/** Who sent a photo by a browser; null where nobody did, or where this host does not know of it. */
const sender = refusing('NOT_FOUND')
  .input(z.object({ album: AlbumId, photo: PhotoId }))
  .output(Sender.nullable())

/** How files that browsers send are named, and how much each account may send; what the start of the server says is `fixed`. */
const settings = base.output(UploadSettings)

/** Says so, for all servers of the gallery. Administrators. */
const setSettings = refusing('INVALID').input(WantedUploads).output(z.void())

export const uploads = { offer, sender, settings, setSettings }

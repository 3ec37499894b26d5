import { z } from 'zod'
import { AlbumId, PhotoId } from '../schemas.ts'
import { base } from './base.ts'

/** Asks for folders in the system's dialog; none when it was dismissed. UNSUPPORTED outside the desktop shell. */
const chooseFolders = base.output(z.array(z.string()))

/** Shows a photo's original in the system's file manager. UNSUPPORTED outside the desktop shell. */
const reveal = base.input(z.object({ album: AlbumId, photo: PhotoId })).output(z.void())

export const desktop = { chooseFolders, reveal }

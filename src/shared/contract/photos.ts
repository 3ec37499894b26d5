import { z } from 'zod'
import { AlbumId, PhotoDetails, PhotoId, PhotoSummary, PhotoView } from '../schemas.ts'
import { base } from './base.ts'

const offset = z.number().int().min(0)

/** A stretch of a view: at most 500 photos from `offset`, and how many the whole view has. */
const page = base
  .input(z.object({ view: PhotoView, offset, limit: z.number().int().min(1).max(500) }))
  .output(z.object({ total: z.number().int(), photos: z.array(PhotoSummary) }))

/** The ids of a stretch of a view in its order, for selections that reach beyond what has been loaded. */
const ids = base
  .input(z.object({ view: PhotoView, offset, limit: z.number().int().min(1).max(200_000) }))
  .output(z.array(PhotoId))

/** Everything that is known of one photo. */
const show = base.input(z.object({ album: AlbumId, photo: PhotoId })).output(PhotoDetails)

/** Everything that is known of the photos of one album, by time taken. */
const list = base
  .input(z.object({ album: AlbumId, offset, limit: z.number().int().min(1).max(1000) }))
  .output(z.array(PhotoDetails))

export const photos = { page, ids, show, list }

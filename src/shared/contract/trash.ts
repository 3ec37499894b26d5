import { z } from 'zod'
import { DeletedAlbum } from '../schemas/album.ts'
import { PhotoRef } from '../schemas/ids.ts'
import { base } from './base.ts'

/** The albums in the trash. None for those who may not delete albums. */
const albums = base.output(z.array(DeletedAlbum))

/**
 * Removes photos from the trash for good (all that the caller may, without `photos`), albums with them where all is meant.
 * Originals stay where they are. Answers how many photos have gone.
 */
const empty = base
  .input(z.object({ photos: z.array(PhotoRef).max(20_000).optional() }))
  .output(z.object({ photos: z.number().int() }))

export const trash = { albums, empty }

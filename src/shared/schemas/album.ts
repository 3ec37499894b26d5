import { z } from 'zod'
import { downloads } from '../domain/visitor-switches.ts'
import { GrantedLevel } from './access.ts'
import { AlbumId, PhotoId } from './ids.ts'

/** 1 to 200 characters without control characters; `/` makes a branch of the album tree. */
export const AlbumTitle = z
  .string()
  .trim()
  .normalize('NFC')
  .min(1)
  .max(200)
  .regex(/^\P{Cc}*$/u, 'may not hold control characters')

/** An album, as its readers see it. */
export const Album = z.object({
  id: AlbumId,
  title: z.string(),
  photos: z.number().int(),
  public: z.boolean(),
  description: z.string(),
  /** The photo that stands for the album: the one that was chosen, or null. */
  cover: PhotoId.nullable(),
  /** What the caller may do with it. Redis decides; this only tells what to offer. */
  right: GrantedLevel,
  /** What the caller may take home of it: the originals, but for guests and visitors of a link. The server decides. */
  download: z.enum(downloads),
})

/** An album in the trash, with the photos that went there with it. */
export const DeletedAlbum = z.object({
  id: AlbumId,
  title: z.string(),
  photos: z.number().int(),
  deletedAt: z.string(),
})

export type Album = z.infer<typeof Album>
export type DeletedAlbum = z.infer<typeof DeletedAlbum>

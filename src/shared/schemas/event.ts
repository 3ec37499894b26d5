import { z } from 'zod'
import { AlbumId, CollectionId } from './ids.ts'
import { LibraryStatus } from './library.ts'

/**
 * What may happen to photos of an album. `left` and `arrived` are the two sides of a move; `completed`: the file of a photo that was
 * added by a first look has been read whole.
 */
export const PhotoEventKind = z.enum([
  'added',
  'completed',
  'changed',
  'missing',
  'found',
  'left',
  'arrived',
  'tagged',
  'edited',
  'trashed',
  'restored',
  'purged',
  'stacked',
  'unstacked',
])

/** One line of the record of what happened in an album. Events of one operation of a user are one line. */
export const ActivityEntry = z.object({
  id: z.string(),
  /** ISO 8601. */
  at: z.string(),
  by: z.string(),
  /** What that account is called, where the caller may know. */
  byName: z.string().nullable(),
  /** Who did it is certain. Otherwise it is what the album's own record says, which others than that account could have written. */
  proven: z.boolean(),
  /** A PhotoEventKind, or `created`, `renamed`, `described`, `deleted`, `album-restored`, `published`, `hidden`, or what happened to a collection. */
  what: z.string(),
  /** Its id, or that of the collection; empty where it is not told. */
  album: z.string(),
  /** Where photos of a move came from, if the caller may read that album. */
  fromAlbum: z.string().nullable(),
  photos: z.number().int(),
  /** Which field was edited. */
  field: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
})

/** What an open window has to know of a change. `resync`: the window missed something, read everything again. */
export const GalleryEvent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('photos'),
    album: AlbumId,
    what: PhotoEventKind,
    photos: z.array(z.string()),
  }),
  /** Something was said, changed or hidden; `photo` empty: of the album itself, or of several photos. */
  z.object({ kind: z.literal('comments'), album: AlbumId, photo: z.string() }),
  z.object({ kind: z.literal('albums'), album: z.string() }),
  /** `listed`: a collection came, went or has another title; `photos`: it has others, or another order. */
  z.object({
    kind: z.literal('collections'),
    collection: CollectionId,
    what: z.enum(['listed', 'photos']),
  }),
  z.object({ kind: z.literal('library'), status: LibraryStatus }),
  z.object({ kind: z.literal('resync') }),
])

export type PhotoEventKind = z.infer<typeof PhotoEventKind>
export type ActivityEntry = z.infer<typeof ActivityEntry>
export type GalleryEvent = z.infer<typeof GalleryEvent>

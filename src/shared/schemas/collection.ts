import { z } from 'zod'
import { GrantedLevel } from './access.ts'
import { AlbumTitle } from './album.ts'
import { AlbumId, CollectionId, PhotoRef } from './ids.ts'
import { PhotoFilter } from './photo.ts'

/** Written as one of an album; `/` means nothing in it. */
export const CollectionTitle = AlbumTitle.clone()

/**
 * What a smart album finds its photos by. A condition that this version does not know makes it none: without it, it would find
 * more than it was made for.
 */
export const SavedSearch = z.strictObject({
  /** The album that is looked through; null: all that its reader may read. */
  album: AlbumId.nullable(),
  filter: z.strictObject(PhotoFilter.shape),
})

/** Photos of any albums, as one of its readers sees them: in an order by hand, or found by a search. */
export const Collection = z.object({
  id: CollectionId,
  title: z.string(),
  /**
   * Those that the caller may see: a collection shows no photo of an album that its reader may not read. Null while what a smart
   * album finds is not counted yet.
   */
  photos: z.number().int().nullable(),
  /** A smart album: a search finds its photos. */
  smart: z.boolean(),
  /** What it looks for; null of any other collection, and where that cannot be read. */
  search: SavedSearch.nullable(),
  public: z.boolean(),
  description: z.string(),
  /** The photo that was chosen to stand for it; null where none was, and for who may not see that photo. */
  cover: PhotoRef.nullable(),
  /** What the caller may do with its title and order. Redis decides; this only tells what to offer. */
  right: GrantedLevel,
  /** Whether the caller may remove it: administrators, and who made it. */
  removable: z.boolean(),
})

export type SavedSearch = z.infer<typeof SavedSearch>
export type Collection = z.infer<typeof Collection>

import { z } from 'zod'
import { GrantedLevel } from './access.ts'
import { AlbumTitle } from './album.ts'
import { CollectionId } from './ids.ts'

/** Written as one of an album; `/` means nothing in it. */
export const CollectionTitle = AlbumTitle.clone()

/** Photos of any albums in an order of their own, as one of its readers sees it. */
export const Collection = z.object({
  id: CollectionId,
  title: z.string(),
  /** Those that the caller may see: a collection shows no photo of an album that its reader may not read. */
  photos: z.number().int(),
  public: z.boolean(),
  /** What the caller may do with its title and order. Redis decides; this only tells what to offer. */
  right: GrantedLevel,
  /** Whether the caller may remove it: administrators, and who made it. */
  removable: z.boolean(),
})

export type Collection = z.infer<typeof Collection>

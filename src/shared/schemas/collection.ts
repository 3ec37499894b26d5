import { z } from 'zod'
import { GrantedLevel } from './access.ts'
import { CollectionId } from './ids.ts'

/** 1 to 200 characters without control characters. */
export const CollectionTitle = z
  .string()
  .trim()
  .normalize('NFC')
  .min(1)
  .max(200)
  .regex(/^\P{Cc}*$/u, 'may not hold control characters')

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

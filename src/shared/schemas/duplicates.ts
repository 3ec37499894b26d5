import { z } from 'zod'
import { PhotoSummary } from './photo.ts'

/** Photos of which one is enough: the first one is to be kept. */
export const DuplicateGroup = z.object({
  /** `same`: their files have the same bytes. `alike`: they look alike, which is a suggestion. */
  kind: z.enum(['same', 'alike']),
  photos: z.array(PhotoSummary.extend({ bytes: z.number() })),
})

export const Duplicates = z.object({
  /** Photos that were looked at. */
  looked: z.number().int(),
  /** Groups that there are; `groups` has the first of them. */
  total: z.number().int(),
  groups: z.array(DuplicateGroup),
})

export type DuplicateGroup = z.infer<typeof DuplicateGroup>
export type Duplicates = z.infer<typeof Duplicates>

import { z } from 'zod'
import { copySizes, maxCopies } from '../domain/copy-sizes.ts'
import { PhotoRef } from './ids.ts'
import { Failure } from './library.ts'

/** Of which photos copies are made to be dragged out, and how large. */
export const CopiesInput = z.object({
  photos: z.array(PhotoRef).min(1).max(maxCopies),
  /** The longest side in pixels at most; nothing is enlarged. */
  size: z.literal(copySizes),
})

export const CopiesMade = z.object({
  /** By what they are dragged; null where there are none. */
  copies: z.string().nullable(),
  made: z.number().int(),
  /** This computer does not have their originals. */
  elsewhere: z.number().int(),
  failed: z.array(Failure),
})

export type CopiesInput = z.infer<typeof CopiesInput>
export type CopiesMade = z.infer<typeof CopiesMade>

import { z } from 'zod'
import { sizeOf } from '../domain/changes.ts'
import { maxPhotosPerCall } from '../domain/limits.ts'
import { ActId, Change, Changed, ChangeMode } from '../schemas/change.ts'
import { refusing } from './base.ts'

/**
 * Makes changes, one after the other, of at most 5,000 photos together. CONFLICT where a strict one does not fit, or a
 * title is taken; those before it in the list are taken back then.
 */
const apply = refusing('NOT_FOUND', 'CONFLICT', 'INVALID')
  .input(
    z.object({
      act: ActId,
      changes: z
        .array(Change)
        .min(1)
        .refine(
          (changes) => changes.reduce((sum, change) => sum + sizeOf(change), 0) <= 5 * maxPhotosPerCall,
        ),
      mode: ChangeMode.default('free'),
    }),
  )
  .output(Changed)

export const changes = { apply }

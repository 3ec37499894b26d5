import { z } from 'zod'

/** What the system shows of the window beside it. */
export const OutsideState = z.object({
  /** How far an import is, from 0 to 1; 2: nobody knows; null: there is none. */
  progress: z.number().min(0).max(2).nullable(),
  /** Comments that the user has not read. */
  unread: z.number().int().min(0).max(1_000_000),
})

export type OutsideState = z.infer<typeof OutsideState>

import { z } from 'zod'
import { updateChannels } from '../domain/update-channels.ts'

export const UpdateChannel = z.enum(updateChannels)

/** Where the program stands with a newer version of itself. */
export const UpdateState = z.object({
  /** This package can update itself: others are the work of the system's package manager, or were made without a place to ask. */
  possible: z.boolean(),
  channel: UpdateChannel,
  phase: z.enum(['idle', 'looking', 'current', 'loading', 'ready', 'failed']),
  /** The newer version; null where there is none. */
  version: z.string().nullable(),
  /** How much of it is here, 0 to 100. */
  percent: z.number(),
})

export type UpdateChannel = z.infer<typeof UpdateChannel>
export type UpdateState = z.infer<typeof UpdateState>

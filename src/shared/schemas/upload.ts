import { z } from 'zod'
import { Text } from './text.ts'

/** What a caller may send to an album of a server. */
export const UploadOffer = z.object({
  /** Why nothing at all, `reason` in English; null where something may be sent. */
  refused: z.object({ reason: z.string(), text: Text }).nullable(),
  maxFileBytes: z.number(),
  bytesLeft: z.number(),
  filesLeft: z.number().int(),
})

/** Who sent a photo by a browser: an account, or the name of a share link. */
export const Sender = z.object({
  by: z.string(),
  /** ISO 8601. */
  at: z.string(),
})

export type UploadOffer = z.infer<typeof UploadOffer>
export type Sender = z.infer<typeof Sender>

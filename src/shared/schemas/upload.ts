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

/** What is said of uploads. Null: the usual. */
export const WantedUploads = z.object({
  /** Names below the folder of the album (naming-pattern.ts). */
  pattern: z.string().max(200).nullable(),
  /** How much each account may send to a server. */
  gigabytes: z.number().min(0).max(1_000_000).nullable(),
})

/** What holds. `pattern`: null where that of the folder holds. */
export const UploadSettings = z.object({
  pattern: z.string().nullable(),
  gigabytes: z.number(),
  fixed: z.object({ pattern: z.boolean(), gigabytes: z.boolean() }),
})

export type WantedUploads = z.infer<typeof WantedUploads>
export type UploadSettings = z.infer<typeof UploadSettings>

import { z } from 'zod'
import { Failure } from './library.ts'

const FolderPath = z.string().min(1).max(4096)

/** What is copied where. */
export const CardOptions = z.object({
  /** The card, or any folder: it is only read. */
  source: FolderPath,
  /** Where the copies go: the gallery follows it from then on. */
  target: FolderPath,
  /** Names of the copies (naming-pattern.ts). */
  pattern: z.string().max(1000),
  /** A second place that gets a copy of each file too. */
  backup: FolderPath.optional(),
})

export const CardProgress = z.object({
  /** Files that were looked at, of those on the card. */
  done: z.number().int(),
  found: z.number().int(),
  /** Their bytes, and those of all. */
  bytes: z.number(),
  totalBytes: z.number(),
})

export const CardResult = z.object({
  found: z.number().int(),
  copied: z.number().int(),
  /** The gallery has them, or the target does. */
  skipped: z.number().int(),
  failed: z.array(Failure),
})

export type CardOptions = z.infer<typeof CardOptions>
export type CardProgress = z.infer<typeof CardProgress>
export type CardResult = z.infer<typeof CardResult>

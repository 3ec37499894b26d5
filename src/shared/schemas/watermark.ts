import { z } from 'zod'
import { parseWatermark } from '../domain/watermark.ts'

/** Words on the pictures of visitors (shared/domain/watermark.ts). */
export const Watermark = z
  .string()
  .refine((text) => parseWatermark(text) !== null, 'is no line of words')
  .transform((text) => parseWatermark(text) ?? '')

/** The words that administrators chose, null where they chose none, and those that are used then. */
export const WatermarkSetting = z.object({ words: z.string().nullable(), usual: z.string() })

export type WatermarkSetting = z.infer<typeof WatermarkSetting>

import { z } from 'zod'
import { exportFormats, maxExportSide, strips } from '../domain/export-formats.ts'
import { PhotoRef } from './ids.ts'
import { Failure } from './library.ts'
import { PhotoQuery } from './photo.ts'

/** Photos named one by one: as many as go into one call. Whole views may be of any size. */
const maxNamedPhotos = 20_000

/** How copies are made that are not the originals themselves: always the right way up, 8 bits a channel. */
export const Conversion = z.object({
  format: z.enum(exportFormats),
  /** 1 to 100, of JPEG, WebP and AVIF. */
  quality: z.number().int().min(1).max(100).default(85),
  /** The longest side in pixels at most; without it as large as the original. Nothing is enlarged. */
  size: z.number().int().min(16).max(maxExportSide).optional(),
  /** `kept`: the numbers and the profile of the original, where the format can hold them. */
  colour: z.enum(['srgb', 'kept']).default('srgb'),
  sharpen: z.boolean().default(false),
  /** What is left out of the metadata; profiles are no metadata. */
  strip: z.enum(strips).default('none'),
  /** Drawn into the lower right corner. */
  watermark: z
    .string()
    .max(200)
    .regex(/^\P{Cc}*$/u, 'may not hold control characters')
    .default(''),
})

/** Which photos go where, and as what. */
export const ExportOptions = z.object({
  /** Some photos, or all of a view in its order. */
  photos: z.union([z.array(PhotoRef).min(1).max(maxNamedPhotos), PhotoQuery]),
  /** Made where it is not there. The gallery follows no folder that it is in. */
  target: z.string().min(1).max(4096),
  /** Names of the copies (naming-pattern.ts). */
  pattern: z.string().max(1000),
  /** Without it the originals are copied as they are. */
  convert: Conversion.optional(),
  /** Beside each original an `.xmp` file with what users entered. */
  sidecars: z.boolean().default(false),
  /** What is there already by name and content is not made again; otherwise it gets a number. */
  skip: z.boolean().default(true),
})

export const ExportProgress = z.object({
  /** Photos that were seen to, of all. */
  done: z.number().int(),
  found: z.number().int(),
  /** Bytes written so far. */
  bytes: z.number(),
})

export const ExportResult = z.object({
  found: z.number().int(),
  exported: z.number().int(),
  /** They were there already. */
  skipped: z.number().int(),
  /** This host does not have their originals. */
  elsewhere: z.number().int(),
  failed: z.array(Failure),
})

export type Conversion = z.infer<typeof Conversion>
export type ExportOptions = z.infer<typeof ExportOptions>
export type ExportInput = z.input<typeof ExportOptions>
export type ExportProgress = z.infer<typeof ExportProgress>
export type ExportResult = z.infer<typeof ExportResult>

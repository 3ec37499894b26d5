import { z } from 'zod'

const Path = z.string().min(1).max(4096)

/** What another program knows of photos, and where they lie now where that is elsewhere. */
export const CatalogueOptions = z.object({
  /** A catalogue of Lightroom or digiKam, or the folder of a Google Takeout. */
  source: Path,
  /** The folder that the other program has its photos in, where they lie in `to` now. */
  from: Path.optional(),
  to: Path.optional(),
})

export const CatalogueProgress = z.object({
  /** Photos of the catalogue that were looked for in the gallery. */
  done: z.number().int(),
  found: z.number().int(),
})

export const CatalogueResult = z.object({
  program: z.enum(['lightroom', 'digikam', 'takeout']),
  /** Photos that the catalogue tells of. */
  found: z.number().int(),
  /** Those that the gallery has. */
  matched: z.number().int(),
  /** Those of them that are different now. */
  changed: z.number().int(),
  /** Collections that got photos. */
  collections: z.number().int(),
  /** Some of the files that the gallery does not have. */
  absent: z.array(z.string()),
})

export type CatalogueOptions = z.infer<typeof CatalogueOptions>
export type CatalogueProgress = z.infer<typeof CatalogueProgress>
export type CatalogueResult = z.infer<typeof CatalogueResult>

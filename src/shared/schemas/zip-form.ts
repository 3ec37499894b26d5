import { z } from 'zod'
import { ExportOptions } from './export.ts'

/** What a form asks to be sent as one zip file. */
export const ZipForm = z.object({
  /** In the form: as JSON. */
  photos: ExportOptions.shape.photos,
  /** Of the file, without its ending. */
  name: z.string().max(200).default(''),
})

export type ZipForm = z.input<typeof ZipForm>

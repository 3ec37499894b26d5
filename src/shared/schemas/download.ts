import { z } from 'zod'
import { downloadKinds } from '../domain/downloads.ts'
import { ExportOptions } from './export.ts'

/** What is to be sent as zip files. */
export const DownloadOptions = z.object({
  photos: ExportOptions.shape.photos,
  /** Of the file, without its ending. */
  name: z.string().max(200).default(''),
  kind: z.enum(downloadKinds).default('originals'),
  /** Beside each original an `.xmp` file with what users entered: for accounts alone. */
  sidecars: z.boolean().default(false),
})

/** What names a download among those that a server knows. */
export const DownloadId = z.string().regex(/^[0-9A-Za-z]{22}$/)

export const Download = z.object({
  id: DownloadId,
  /** How many photos are sent, and of how many nothing is: their originals are elsewhere, or the caller is given none. */
  photos: z.number().int(),
  leftOut: z.number().int(),
  /** Of all photos together; null where they are made while they are sent. Then no part of a file can be asked for. */
  bytes: z.number().nullable(),
  /** Zip files: `/zip/<id>/<number>`, numbered from 0. */
  parts: z.number().int(),
})

export const DownloadPart = z.object({
  photos: z.number().int(),
  /** Photos that have been sent whole, and bytes. */
  done: z.number().int(),
  sent: z.number(),
  /** Photos of it that could not be made after all. */
  leftOut: z.number().int(),
  /** `changed`: a file is not what it was when the download was laid out, or is the caller's no more. */
  state: z.enum(['waiting', 'going', 'broken', 'stopped', 'changed', 'whole']),
})

export type DownloadOptions = z.infer<typeof DownloadOptions>
export type DownloadInput = z.input<typeof DownloadOptions>
export type Download = z.infer<typeof Download>
export type DownloadPart = z.infer<typeof DownloadPart>

import { z } from 'zod'
import { Download, DownloadId, DownloadOptions, DownloadPart } from '../schemas/download.ts'
import { refusing } from './base.ts'

/**
 * Lays out what is to be sent of photos: what the caller may have of each, under which name. The files themselves are then asked for by
 * `GET /zip/<id>/<part>`, by the same account, for some hours. NOT_FOUND where nothing of any is to be had.
 */
const prepare = refusing('NOT_FOUND', 'INVALID').input(DownloadOptions).output(Download)

/** How far each part is. */
const state = refusing('NOT_FOUND')
  .input(z.object({ id: DownloadId }))
  .output(z.array(DownloadPart))

/** Ends what is on its way. */
const stop = refusing('NOT_FOUND')
  .input(z.object({ id: DownloadId }))
  .output(z.void())

export const downloads = { prepare, state, stop }

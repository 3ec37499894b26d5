import type { Downloads } from '../core/library/downloads/downloads.ts'
import { GalleryError } from '../shared/errors.ts'
import type { DownloadOptions } from '../shared/schemas/download.ts'
import { originalsOf, type Context } from './base.ts'

/** What lays downloads out, or a refusal: only a server does, as the desktop copies files into a folder. */
const downloadsOf = ({ downloads }: Context): Downloads => {
  if (!downloads) throw new GalleryError('NOT_FOUND', 'downloadUnknown')
  return downloads
}

export const prepareDownload = (
  context: Context,
  options: DownloadOptions,
  signal = new AbortController().signal,
) =>
  downloadsOf(context).prepare({ session: context.session, originals: originalsOf(context) }, options, signal)

/** How far each part of a download is. */
export const stateOfDownload = (context: Context, { id }: { id: string }) =>
  downloadsOf(context)
    .find(context.session, id)
    .zips.map(({ state }) => state)

export const stopDownload = (context: Context, { id }: { id: string }): void => {
  for (const zip of downloadsOf(context).find(context.session, id).zips) zip.stop()
}

import { basename } from 'node:path'
import type { Context } from 'hono'
import { markFor } from '../core/access/visitor-marks.ts'
import type { Session } from '../core/gallery/session.ts'
import { sizeGiven, type VisitorCopies } from '../core/library/export/visitor-copy.ts'
import type { Originals } from '../core/photos/originals.ts'
import { nameAs } from '../shared/domain/export-formats.ts'
import { formatSwitches, type VisitorSwitches } from '../shared/domain/visitor-switches.ts'
import { attachment } from './attachment.ts'

interface CopyParts {
  session: Session
  originals: Originals
  copies: VisitorCopies
}

interface AskedCopy {
  album: string
  photo: string
  /** To be saved, under the name of its file. */
  download: boolean
  given: VisitorSwitches
}

/** Answers a visitor with a copy of an original that says what they are shown. It is made anew where the photo or that has changed. */
export const sendCopy = async (
  c: Context,
  { session, originals, copies }: CopyParts,
  { album, photo, download, given }: AskedCopy,
): Promise<Response> => {
  const original = await originals.open(session, album, photo)
  await original.file.close()
  const { path, identity } = original
  const size = sizeGiven(given)
  const mark = (await markFor(session, album)) ?? ''
  const made = [size, formatSwitches(given), identity.size, identity.mtimeMs, mark].join(' ')
  const headers = {
    'content-type': 'image/jpeg',
    'cache-control': 'private, no-cache',
    etag: `W/"${encodeURIComponent(made)}"`,
    ...(download ? { 'content-disposition': attachment(nameAs(basename(path), 'jpeg')) } : {}),
  }
  if (!download && c.req.header('if-none-match') === headers.etag)
    return new Response(null, { status: 304, headers })
  const bytes = await copies.make(session, original, { album, photo, size })
  return new Response(bytes, { headers: { ...headers, 'content-length': String(bytes.length) } })
}

import type { Context } from 'hono'
import type { Session } from '../core/gallery/session.ts'
import type { Downloads, KeptDownload } from '../core/library/downloads/downloads.ts'
import type { SendParts } from '../core/library/downloads/zip-contents.ts'
import type { ZipPart } from '../core/library/downloads/zip-part.ts'
import { safeName } from '../shared/domain/naming-pattern.ts'
import { DownloadId } from '../shared/schemas/download.ts'
import { fromRedis } from '../core/redis/errors.ts'
import { GalleryError } from '../shared/errors.ts'
import { attachment } from './attachment.ts'
import { logBug } from './bugs.ts'
import { plainAnswer, speech } from './plain-answer.ts'
import { isSameAs, spanOf } from './range.ts'

/** Where several make one download, each says which it is. */
const nameOf = ({ name, zips }: KeptDownload, part: number) =>
  `${safeName(name) || 'Cimaise'}${zips.length > 1 ? ` (${part + 1}-${zips.length})` : ''}.zip`

const tellIn = (c: Context) => {
  const { say } = speech(c)
  return (count: number) => ({
    name: say({ id: 'zipLeftOutName' }),
    text: `${say({ id: 'zipLeftOut', blanks: { count } })}\n`,
  })
}

/** Which bytes are asked for; null for all. A file whose length nobody knows is sent whole. */
const askedOf = (c: Context, etag: string, size: number | null) => {
  const isSame = isSameAs(c.req.header('if-range') ?? null, etag, '')
  const asked = isSame && size !== null ? spanOf(c.req.header('range') ?? null, size) : 'all'
  return asked === 'all' ? null : asked
}

const partIn = (c: Context, session: Session, downloads: Downloads) => {
  const id = DownloadId.safeParse(c.req.param('id'))
  const part = Number(c.req.param('part'))
  if (!id.success) return null
  const download = downloads.find(session, id.data)
  const zip: ZipPart | undefined = download.zips[part]
  return zip && { zip, name: nameOf(download, part), etag: `"${download.id}-${part}"` }
}

/**
 * What breaks off in the midst ends with the connection alone: whatever else were sent would be taken for bytes of the file, and an end
 * for its end.
 */
async function* untilCut(bytes: AsyncGenerator<Uint8Array>, cut: () => void) {
  try {
    yield* bytes
  } catch (error) {
    cut()
    if (!isExpected(error)) logBug(error)
  }
}

/** A download was stopped, or refused by what holds by now. */
const isExpected = (error: unknown) =>
  fromRedis(error) instanceof GalleryError || (error instanceof Error && error.name === 'AbortError')

/**
 * Answers with one zip file of a download, made while it is sent. Where the length of all that goes into it is known, any part of it can be
 * asked for: its bytes are the same each time.
 */
export const sendZip = (
  c: Context,
  parts: SendParts & { cut: () => void },
  downloads: Downloads,
): Response => {
  const found = partIn(c, parts.session, downloads)
  if (!found) return plainAnswer(c, 404, { id: 'downloadUnknown' })
  const { zip, name, etag } = found
  const tell = tellIn(c)
  const size = zip.size(tell)
  const asked = askedOf(c, etag, size)
  const headers = {
    'content-type': 'application/zip',
    'cache-control': 'no-store',
    'content-disposition': attachment(name),
    ...(size === null ? { 'accept-ranges': 'none' } : { 'accept-ranges': 'bytes', etag }),
  }
  if (asked === 'none')
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` } })
  const length = asked ? asked.last - asked.first + 1 : size
  const range = asked && { 'content-range': `bytes ${asked.first}-${asked.last}/${size}` }
  const told = { ...headers, ...range, ...(length === null ? {} : { 'content-length': String(length) }) }
  const isHead = c.req.method === 'HEAD'
  return new Response(
    isHead ? null : ReadableStream.from(untilCut(zip.bytes(parts, tell, asked), parts.cut)),
    {
      status: asked ? 206 : 200,
      headers: told,
    },
  )
}

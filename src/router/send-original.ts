import { basename } from 'node:path'
import type { Decoder } from '../core/library/decode/pool.ts'
import type { Film } from '../core/library/decode/video/film-in-photo.ts'
import type { Original } from '../core/photos/originals.ts'
import { isShownAsItIs } from '../core/photos/shown-as-it-is.ts'
import type { BoundedQueue } from '../core/thumbnails/queue.ts'
import { Readable } from 'node:stream'
import { attachment } from './attachment.ts'
import { isSameAs, spanOf } from './range.ts'

export interface Answer {
  status: number
  headers: Record<string, string>
  body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | null
}

/** An original, or of a motion photo its film. */
type Sent = Original & { film?: Film }

/**
 * Names the content of an original: by the digest of what was taken in, as long as the file is still that; a converted one
 * is the same picture, but not the same bytes with each version of the decoder, which the `W/` says.
 */
const tagOf = ({ entry, unchanged, type, identity, film }: Sent, asItIs: boolean) => {
  const kind = `${type.slice(type.indexOf('/') + 1)}${film ? '-film' : ''}`
  if (!unchanged) return `W/"${identity.size}-${identity.mtimeMs}-${kind}"`
  return asItIs ? `"${entry.digest}-${kind}"` : `W/"${entry.digest}-${kind}-shown"`
}

const opaque = (tag: string) => tag.replace(/^W\//, '')

const isKnown = (known: string | null, tag: string) =>
  known !== null &&
  (known.trim() === '*' || known.split(',').some((other) => opaque(other.trim()) === opaque(tag)))

/** The bytes of a file that are sent: all of it, or the film in it. */
const extentOf = ({ film, type, identity }: Sent) => film ?? { from: 0, to: identity.size, type }

const partOf = (original: Sent, request: Request, headers: Record<string, string>): Answer => {
  const { file } = original
  const { from, to, type } = extentOf(original)
  const size = to - from
  const same = isSameAs(
    request.headers.get('if-range'),
    headers['etag'] ?? '',
    headers['last-modified'] ?? '',
  )
  const span = same ? spanOf(request.headers.get('range'), size) : 'all'
  if (span === 'none')
    return { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` }, body: null }
  const { first, last } = span === 'all' ? { first: 0, last: size - 1 } : span
  const length = { 'content-type': type, 'content-length': String(last - first + 1) }
  const part = span === 'all' ? {} : { 'content-range': `bytes ${first}-${last}/${size}` }
  const whole = { ...headers, ...length, ...part }
  const status = span === 'all' ? 200 : 206
  if (request.method === 'HEAD') return { status, headers: whole, body: null }
  const stream = file.createReadStream({ start: from + first, end: from + last })
  return { status, headers: whole, body: Readable.toWeb(stream) as ReadableStream<Uint8Array> }
}

interface SendOptions {
  decoder: Pick<Decoder, 'convert'>
  queue: BoundedQueue
  caller: string
  /** The file itself, to be saved, of whatever kind it is. */
  download?: boolean
}

/**
 * Answers with an original: as it is, or a part of it, or converted. It may be kept, but is asked for each time, as the right
 * to see it may end. Closes the file.
 */
export const sendOriginal = async (
  original: Sent,
  request: Request,
  { decoder, queue, caller, download = false }: SendOptions,
): Promise<Answer> => {
  const asItIs =
    download ||
    original.film !== undefined ||
    (await isShownAsItIs(original.file, original.type).catch(() => false))
  const headers = {
    'cache-control': 'private, no-cache',
    etag: tagOf(original, asItIs),
    'last-modified': new Date(original.identity.mtimeMs).toUTCString(),
    'accept-ranges': asItIs ? 'bytes' : 'none',
    ...(download ? { 'content-disposition': attachment(basename(original.path)) } : {}),
  }
  let answer: Answer | null = null
  try {
    if (isKnown(request.headers.get('if-none-match'), headers.etag))
      answer = { status: 304, headers, body: null }
    else if (asItIs) answer = partOf(original, request, headers)
    else {
      const { path, identity } = original
      const { type, bytes } = await queue.run(caller, () => decoder.convert(path, identity))
      const length = { 'content-type': type, 'content-length': String(bytes.length) }
      answer = { status: 200, headers: { ...headers, ...length }, body: new Uint8Array(bytes) }
    }
    return answer
  } finally {
    // A stream closes it at its own end.
    if (!(answer?.body instanceof ReadableStream)) await original.file.close()
  }
}

import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { Readable } from 'node:stream'
import type { Decoder } from '../core/library/pool.ts'
import type { Home } from '../core/home.ts'
import { findOriginal } from '../core/originals.ts'
import { fromRedis } from '../core/redis/errors.ts'
import type { Session } from '../core/session.ts'
import { ShownThumbs } from '../core/shown-thumbs.ts'
import { readThumb } from '../core/thumbs.ts'
import { GalleryError } from '../shared/errors.ts'
import { AlbumId, PhotoId, ThumbName } from '../shared/schemas.ts'

/** What the pages and images of both shells are made from. */
export interface WebParts {
  home: Home
  /** Folder of the built renderer. */
  rendererDir: string
  /** Converts originals of kinds that no browser shows. */
  decoder: Pick<Decoder, 'convert'>
}

/**
 * The page may load nothing but its own files, images of its own origin, and the placeholders that it draws itself.
 * Styles are files too; what scripts set through the CSSOM is not concerned.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** Headers of every answer. */
export const everywhere = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/** Kinds of originals that a browser shows as they are; the others are converted. */
const shownAsTheyAre = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/gif'])

const fileTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

const respond = (
  body: ConstructorParameters<typeof Response>[0],
  status: number,
  headers: Record<string, string>,
) => new Response(body, { status, headers: { ...everywhere, ...headers } })

const plain = (status: number, text: string) =>
  respond(text, status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })

const thumb = async (shown: ShownThumbs, session: Session, name: string) => {
  const stranger = session.guest || session.share
  if (stranger && !(await shown.has(session, name))) return plain(404, 'This thumbnail is not there.')
  const bytes = await readThumb(session, name)
  return respond(new Uint8Array(bytes), 200, {
    'content-type': 'image/webp',
    'cache-control': 'private, max-age=31536000, immutable',
  })
}

const original = async (parts: WebParts, session: Session, album: string, photo: string) => {
  const found = await findOriginal(session, parts.home, album, photo)
  const uncached = { 'cache-control': 'private, no-store' }
  if (shownAsTheyAre.has(found.photo.type)) {
    const body = Readable.toWeb(createReadStream(found.path)) as ReadableStream<Uint8Array>
    return respond(body, 200, {
      ...uncached,
      'content-type': found.photo.type,
      'content-length': String(found.bytes),
    })
  }
  const { type, bytes } = await parts.decoder.convert(found.path)
  return respond(new Uint8Array(bytes), 200, { ...uncached, 'content-type': type })
}

/** A file of the built renderer. Names are one folder deep at most and hold no dots but before their ending. */
const page = async ({ rendererDir }: WebParts, path: string) => {
  const name = path === '/' ? '/index.html' : path
  const type = fileTypes[extname(name)]
  if (!type || !/^\/(?:[\w-]+\/)?[\w-]+(?:\.[\w-]+)*\.\w+$/.test(name) || name.includes('..'))
    return plain(404, 'Not found.')
  const bytes = await readFile(join(rendererDir, name)).catch(() => null)
  if (!bytes) return plain(404, 'Not found.')
  const lasting = name.startsWith('/assets/') // their names hold a digest of their content
  const cache = lasting ? 'public, max-age=31536000, immutable' : 'no-cache'
  return respond(new Uint8Array(bytes), 200, { 'content-type': type, 'cache-control': cache })
}

const route = (
  parts: WebParts,
  shown: ShownThumbs,
  session: Session,
  path: string,
): Promise<Response> | Response => {
  const [, kind, first, second, ...rest] = path.split('/')
  if (kind === 'thumb' && second === undefined && ThumbName.safeParse(first).success)
    return thumb(shown, session, first ?? '')
  const named = AlbumId.safeParse(first).success && PhotoId.safeParse(second).success && rest.length === 0
  if (kind === 'original' && named) return original(parts, session, first ?? '', second ?? '')
  if (kind === 'thumb' || kind === 'original') return plain(404, 'Not found.')
  return page(parts, path)
}

const httpStatus: Record<string, number> = {
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  UNAVAILABLE: 503,
  UNSUPPORTED: 415,
}

/**
 * The pages and images of the gallery as a function from request to response: both shells serve them, one over HTTP,
 * the other by its own protocol. What the session may not see is answered like what is not there.
 */
export const createWeb = (parts: WebParts) => {
  const shown = new ShownThumbs()
  return async (request: Request, session: Session): Promise<Response> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Only GET is answered here.')
    try {
      return await route(parts, shown, session, new URL(request.url).pathname)
    } catch (thrown) {
      const error = fromRedis(thrown)
      if (error instanceof GalleryError) return plain(httpStatus[error.code] ?? 400, error.message)
      console.error(thrown)
      return plain(500, 'An internal error. The log has the details.')
    }
  }
}

import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Decoder } from '../core/library/decode/pool.ts'
import type { Originals } from '../core/photos/originals.ts'
import { fromRedis } from '../core/redis/errors.ts'
import type { Session } from '../core/gallery/session.ts'
import { ShownThumbs } from '../core/thumbnails/public-thumbnails.ts'
import { ThumbMender } from '../core/thumbnails/mender.ts'
import { BoundedQueue } from '../core/thumbnails/queue.ts'
import { readThumb } from '../core/thumbnails/read-thumbnail.ts'
import { GalleryError } from '../shared/errors.ts'
import { logBug } from './bugs.ts'
import { AlbumId, PhotoId, ThumbName } from '../shared/schemas/ids.ts'
import { sendOriginal } from './send-original.ts'

/** What the pages and images of both shells are made from. */
export interface WebParts {
  /** The originals that this host has; those of a desktop may be others with whoever is in its window. */
  readonly originals: Originals
  /** Folder of the built renderer. */
  rendererDir: string
  /** Converts originals of kinds that no browser shows, and makes lost thumbnails again. */
  decoder: Pick<Decoder, 'convert' | 'read'>
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
  'x-frame-options': 'DENY', // for browsers that do not know frame-ancestors
}

/** Conversions at full size take a decoder for seconds: those of one caller, and of all, are limited. */
const conversionLimits = { running: 2, waiting: 32, ofCaller: 16 }

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

/** What the handlers of one shell share. */
interface Service extends WebParts {
  shown: ShownThumbs
  mender: ThumbMender
  conversions: BoundedQueue
}

/** The photo that a thumbnail is asked for, as `album/photo`: from its original a lost one can be made again. */
const photoIn = (query: URLSearchParams) => {
  const [album, photo, ...rest] = (query.get('photo') ?? '').split('/')
  const named = AlbumId.safeParse(album).success && PhotoId.safeParse(photo).success && rest.length === 0
  return named && album && photo ? { album, photo } : null
}

const isMissing = (error: unknown) => error instanceof GalleryError && error.code === 'NOT_FOUND'

const thumb = async (service: Service, session: Session, name: string, query: URLSearchParams) => {
  const stranger = session.guest || session.share
  if (stranger && !(await service.shown.has(session, name))) return plain(404, 'This thumbnail is not there.')
  const image = (bytes: Uint8Array, lasting: boolean) =>
    respond(new Uint8Array(bytes), 200, {
      'content-type': 'image/webp',
      'cache-control': lasting ? 'private, max-age=31536000, immutable' : 'no-store',
    })
  try {
    return image(await readThumb(session, name), true)
  } catch (error) {
    const photo = photoIn(query)
    if (!photo || !isMissing(error)) throw error
    const { bytes, named } = await service.mender.mend(service.originals, session, name, photo)
    return image(bytes, named)
  }
}

const original = async (
  { originals, decoder, conversions }: Service,
  session: Session,
  request: Request,
  { album, photo }: { album: string; photo: string },
) => {
  const found = await originals.open(session, album, photo)
  const options = { decoder, queue: conversions, caller: session.account }
  const { status, headers, body } = await sendOriginal(found, request, options)
  return respond(body, status, headers)
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

const route = (service: Service, session: Session, request: Request): Promise<Response> | Response => {
  const { pathname: path, searchParams } = new URL(request.url)
  const [, kind, album = '', photo = '', ...rest] = path.split('/')
  if (kind === 'thumb' && photo === '' && ThumbName.safeParse(album).success)
    return thumb(service, session, album, searchParams)
  const named = AlbumId.safeParse(album).success && PhotoId.safeParse(photo).success && rest.length === 0
  if (kind === 'original' && named) return original(service, session, request, { album, photo })
  if (kind === 'thumb' || kind === 'original') return plain(404, 'Not found.')
  return page(service, path)
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
  const service: Service = {
    get originals() {
      return parts.originals
    },
    rendererDir: parts.rendererDir,
    decoder: parts.decoder,
    shown: new ShownThumbs(),
    mender: new ThumbMender(parts.decoder),
    conversions: new BoundedQueue(conversionLimits),
  }
  return async (request: Request, session: Session): Promise<Response> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Only GET is answered here.')
    try {
      return await route(service, session, request)
    } catch (thrown) {
      const error = fromRedis(thrown)
      if (error instanceof GalleryError) return plain(httpStatus[error.code] ?? 400, error.message)
      logBug(thrown)
      return plain(500, 'An internal error. The log has the details.')
    }
  }
}

import { readFile } from 'node:fs/promises'
import { Hono, type Context, type MiddlewareHandler } from 'hono'
import { etag } from 'hono/etag'
import { serveStatic } from 'hono/serve-static'
import { VisitorCopies } from '../core/library/export/visitor-copy.ts'
import type { Decoder } from '../core/library/decode/pool.ts'
import type { Downloads } from '../core/library/downloads/downloads.ts'
import type { Originals } from '../core/photos/originals.ts'
import { fromRedis } from '../core/redis/errors.ts'
import type { Session } from '../core/gallery/session.ts'
import { readTileServer } from '../core/gallery/tile-server.ts'
import { KeptThumbs } from '../core/thumbnails/kept-thumbnails.ts'
import { ThumbMender } from '../core/thumbnails/mender.ts'
import { BoundedQueue } from '../core/thumbnails/queue.ts'
import type { PreviewCache } from '../core/previews/preview-cache.ts'
import { Previews } from '../core/previews/previews.ts'
import { Tiles } from '../core/previews/tiles.ts'
import { viewThumb } from '../core/thumbnails/view-thumbnail.ts'
import { tileOrigin } from '../shared/domain/tile-server.ts'
import { GalleryError } from '../shared/errors.ts'
import { logBug } from './bugs.ts'
import { AlbumId, PhotoId, ThumbName } from '../shared/schemas/ids.ts'
import { plainAnswer } from './plain-answer.ts'
import { secured, withImagesOf } from './secured.ts'
import { sendZip } from './send-zip.ts'
import { checkZoom, showOriginal } from './show-original.ts'
import { sendPreview, sendTile, sizeIn, tileIn } from './send-preview.ts'

/** What the pages and images of both shells are made from. */
export interface WebParts {
  /** The originals that this host has; those of a desktop may differ with the account in its window. */
  readonly originals: Originals
  /** Folder of the built renderer. */
  rendererDir: string
  /**
   * Whether the page's files may be sent compressed: browsers decode what comes over HTTP, Electron not what comes by a
   * scheme of its own.
   */
  precompressed: boolean
  /** Converts originals of kinds that no browser shows, and makes lost thumbnails again. */
  decoder: Pick<Decoder, 'convert' | 'exportFile' | 'preview' | 'read' | 'tiles'>
  /** What is about to be taken home as zip files; absent where files are copied into folders instead. */
  readonly downloads?: Downloads
  /** Where previews are kept on this host. */
  readonly previewCache: PreviewCache
}

/** Who asks. */
interface WebEnv {
  /**
   * `gone` is aborted where nobody waits for the answer any more; without it, the request's own signal. `cut` ends the connection in the
   * midst of an answer.
   */
  Bindings: { session: Session; gone?: AbortSignal; cut?: () => void }
}

/** Conversions at full size take a decoder for seconds: those of one caller, and of all, are limited. */
const conversionLimits = { running: 2, waiting: 32, ofCaller: 16 }

/** What the handlers of one shell share. */
interface Service extends Pick<WebParts, 'originals' | 'decoder'> {
  kept: KeptThumbs
  mender: ThumbMender
  previews: Previews
  tiles: Tiles
  conversions: BoundedQueue
  copies: VisitorCopies
}

/** The photo that a thumbnail is asked for, as `album/photo`: from its original a lost one can be made again. */
export const photoIn = (ref: string | undefined) => {
  const [album, photo, ...rest] = (ref ?? '').split('/')
  const named = AlbumId.safeParse(album).success && PhotoId.safeParse(photo).success && rest.length === 0
  return named && album && photo ? { album, photo } : null
}

/** The photo of a preview or tile that is asked for, and its content; null where the address names none. */
const pictureIn = (c: Context<WebEnv>) => {
  const asked = photoIn(c.req.query('photo'))
  const gone = c.env.gone ?? c.req.raw.signal
  return asked && { asked, gone, digest: c.req.param('digest') ?? '' }
}

/** A thumbnail is named by the digest of its bytes, which is its tag too. */
const sendThumb = (c: Context<WebEnv>, name: string, bytes: Uint8Array, lasting: boolean) => {
  if (!lasting) return new Response(bytes as Uint8Array<ArrayBuffer>, { headers: thumbHeaders(null) })
  const headers = thumbHeaders(name)
  return c.req.header('if-none-match') === headers.etag
    ? new Response(null, { status: 304, headers })
    : new Response(bytes as Uint8Array<ArrayBuffer>, { headers })
}

/** `name`: null where the bytes are not those that the name tells of. */
export const thumbHeaders = (name: string | null) => ({
  'content-type': 'image/webp',
  'cache-control': name === null ? 'no-store' : 'private, max-age=31536000, immutable',
  ...(name === null ? {} : { etag: `"${name}"` }),
})

const thumb = async (service: Service, c: Context<WebEnv>, name: string, ref: string | undefined) => {
  const { session } = c.env
  const photo = photoIn(ref)
  const bytes = await viewThumb(session, service.kept, name, photo)
  if (bytes === 'hidden') return plainAnswer(c, 404, { id: 'noThumbnailHere' })
  if (bytes) return sendThumb(c, name, bytes, true)
  if (!photo) throw new GalleryError('NOT_FOUND', 'noThumb')
  const mended = await service.mender.mend(service.originals, session, name, photo)
  return sendThumb(c, name, mended.bytes, mended.named)
}

/** A file of the built renderer; the one that is beside it compressed, where the caller decodes that. */
const page = ({ rendererDir, precompressed }: WebParts): MiddlewareHandler =>
  serveStatic({
    root: rendererDir,
    precompressed,
    rewriteRequestPath: (path) => (path === '/' ? '/index.html' : path),
    getContent: async (path) => {
      const bytes = await readFile(path).catch(() => null)
      return bytes && new Uint8Array(bytes)
    },
    onFound: (_, c) => {
      const lasting = c.req.path.startsWith('/assets/') // their names hold a digest of their content
      c.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache')
      if (precompressed) c.header('vary', 'accept-encoding')
    },
  })

/** The page may load the pictures of its map from where an administrator has said; without Redis it comes all the same. */
const withTiles: MiddlewareHandler<WebEnv> = async (c, next) => {
  const tiles = await readTileServer(c.env.session).catch(() => null)
  await next()
  const origin = tileOrigin(tiles)
  if (origin !== null) withImagesOf(c.res, origin)
}

const httpStatus: Record<string, number> = {
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  UNAVAILABLE: 503,
  UNSUPPORTED: 415,
}

/** The caller has gone: nobody reads this. */
const unread = () => new Response(null, { status: 499 })

const onError = (thrown: Error, c: Context) => {
  if (thrown.name === 'AbortError') return unread()
  const error = fromRedis(thrown)
  if (error instanceof GalleryError) return plainAnswer(c, httpStatus[error.code] ?? 400, error.text)
  logBug(thrown)
  return plainAnswer(c, 500, { id: 'internalError' })
}

/**
 * The pages and images of the gallery, each request as the session that comes with it: both shells serve them, one over
 * HTTP, the other by its own protocol. What the session may not see is answered like what is not there. No answer here is
 * compressed while it is sent: images are already, and files of the page are so at build.
 */
export const createWeb = (parts: WebParts, kept = new KeptThumbs()) => {
  const service: Service = {
    get originals() {
      return parts.originals
    },
    decoder: parts.decoder,
    kept,
    mender: new ThumbMender(parts.decoder),
    previews: new Previews(parts.decoder, parts.previewCache),
    tiles: new Tiles(parts.decoder, parts.previewCache),
    conversions: new BoundedQueue(conversionLimits),
    copies: new VisitorCopies(parts.decoder, parts.previewCache),
  }
  const { previews, tiles } = service
  const partsFor = ({ env: { session } }: Context<WebEnv>) => {
    const { originals } = service
    return { originals, previews, tiles, session }
  }
  const notFound = (c: Context) => plainAnswer(c, 404, { id: 'notFound' })
  const web = new Hono<WebEnv>().onError(onError).notFound(notFound)
  web.use(secured)
  web.get('/thumb/:name', (c) => {
    const name = ThumbName.safeParse(c.req.param('name'))
    return name.success ? thumb(service, c, name.data, c.req.query('photo')) : notFound(c)
  })
  web.get('/preview/:size/:digest', (c) => {
    const [asked, size] = [pictureIn(c), sizeIn(c.req.param('size'))]
    return asked && size ? sendPreview(c, partsFor(c), { ...asked, size }) : notFound(c)
  })
  web.get('/tile/:tile/:digest', async (c) => {
    const [asked, tile] = [pictureIn(c), tileIn(c.req.param('tile'))]
    if (!asked || !tile) return notFound(c)
    await checkZoom(c.env.session, asked.asked.album)
    return sendTile(c, partsFor(c), { ...asked, tile })
  })
  web.get('/original/:album/:photo', (c) => {
    const { album, photo } = c.req.param()
    const named = AlbumId.safeParse(album).success && PhotoId.safeParse(photo).success
    const film = c.req.query('film') !== undefined
    const download = c.req.query('download') !== undefined
    const gone = c.env.gone ?? c.req.raw.signal
    return named
      ? showOriginal(c, { ...service, ...partsFor(c) }, { album, photo, film, download, gone })
      : notFound(c)
  })
  web.get('/zip/:id/:part{[0-9]{1,4}}', (c) => {
    const { originals, copies } = service
    const { downloads } = parts
    const { session, cut = () => {} } = c.env
    return downloads ? sendZip(c, { session, originals, copies, cut }, downloads) : notFound(c)
  })
  web.get('/', withTiles)
  web.get('/index.html', withTiles)
  web.get('*', etag(), page(parts))
  web.on(['GET', 'HEAD'], '*', notFound)
  web.all('*', (c) => plainAnswer(c, 405, { id: 'onlyGet' }))
  return web
}

/**
 * What browsers send, by the protocol tus (tus.io): @tus/server speaks it and keeps what has come in a hidden folder; the desk of the
 * core says who may, and what becomes of a file once it is whole.
 */
import { FileStore } from '@tus/file-store'
import { Server, type Upload } from '@tus/server'
import { Hono } from 'hono'
import type { Session } from '../core/gallery/session.ts'
import { randomLetters } from '../shared/domain/random-ids.ts'
import { uploadPath } from '../shared/domain/uploads.ts'
import { GalleryError } from '../shared/errors.ts'
import { isCandidate } from '../core/library/decode/file-type.ts'
import { sweepUploads } from '../core/library/uploads/sweep-uploads.ts'
import type { OpenUpload } from '../core/library/uploads/open-uploads.ts'
import { UploadDesk, uploadFolder } from '../core/library/uploads/upload-desk.ts'
import { fromRedis } from '../core/redis/errors.ts'
import { statusOf } from '../router/base.ts'
import { logBug } from '../router/bugs.ts'
import { english } from '../shared/i18n/english.ts'
import type { Text } from '../shared/i18n/text.ts'
import { AlbumId } from '../shared/schemas/ids.ts'
import { message } from './answers.ts'
import type { AppEnv } from './request.ts'

interface UploadsParts extends Omit<ConstructorParameters<typeof UploadDesk>[0], 'remove'> {
  /** The path that the page is below, between slashes. */
  base: string
}

/** Ids are ours alone: random, with the ending that tells a decoder what kind of RAW it may be. */
const idPattern = /^[A-Za-z0-9]{22}(\.[a-z0-9]{1,5})?$/

/** How often what was left half sent is looked through, in milliseconds. */
const sweepIntervalMs = 3_600_000
/** How long an answer waits for a file to be read and to land; then the page asks again, in milliseconds. */
const outcomeWaitMs = 20_000
/** Characters of a name that are kept of what a sender claims. */
const maxClaimedName = 500

/** How a refusal of the core, or of tus itself, is told. */
const told = (thrown: unknown): { status: number; text: Text } | null => {
  const error = fromRedis(thrown)
  if (error instanceof GalleryError) return { status: statusOf[error.code], text: error.text }
  if (typeof error === 'object' && error !== null && 'status_code' in error) return null
  logBug(error)
  return { status: 500, text: { id: 'internalError' } }
}

const newUploadId = (name: string) => {
  const ending = isCandidate(name) ? (/\.[0-9A-Za-z]{1,5}$/.exec(name)?.[0] ?? '') : ''
  return `${randomLetters(22)}${ending.toLowerCase()}`
}

/** What a sender claims of a file. Throws INVALID for no album, or a size that is not told. */
const claimOf = ({ size, metadata }: Upload) => {
  const album = AlbumId.safeParse(metadata?.['album'])
  if (!album.success || size === undefined) throw new GalleryError('INVALID', 'badInput')
  const modified = Number(metadata?.['modified'])
  return {
    album: album.data,
    name: (metadata?.['name'] ?? '').slice(0, maxClaimedName),
    modified: Number.isFinite(modified) ? modified : 0,
    size,
  }
}

/** An upload as tus keeps it, which was let in before this process began. Only this program writes there. */
const kept = (upload: Upload): OpenUpload => ({ ...claimOf(upload), by: upload.metadata?.['by'] ?? '' })

/** A body that ends, rather than fails, where its client goes away: what came so far is kept, and the next request goes on from there. */
async function* untilGone(body: ReadableStream<Uint8Array>) {
  try {
    yield* body
  } catch {
    // The client has gone.
  }
}

const withEnd = (request: Request): Request =>
  request.body === null
    ? request
    : new Request(request.url, {
        method: request.method,
        headers: request.headers,
        body: ReadableStream.from(untilGone(request.body)),
        duplex: 'half',
      })

/** How tus tells that all of an upload has come. */
const wholly = (size: number) =>
  new Response(null, {
    headers: {
      'tus-resumable': '1.0.0',
      'upload-offset': String(size),
      'upload-length': String(size),
      'cache-control': 'no-store',
    },
  })

/** What the desk says, or that it takes longer than a request should. */
const soon = async <T>(work: Promise<T>): Promise<T | null> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), outcomeWaitMs)))
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** The routes below `/upload`, and the desk behind them. */
export const openUploads = async ({ base, ...parts }: UploadsParts) => {
  const folder = uploadFolder(parts.home, parts.self.keys.gallery)
  const datastore = new FileStore({ directory: folder })
  const desk = new UploadDesk({ ...parts, remove: (id) => datastore.remove(id) })
  const callers = new WeakMap<object, Session>()
  const callerOf = (request: object) => {
    const session = callers.get(request)
    if (!session) throw new GalleryError('FORBIDDEN', 'uploadNotAllowed')
    return session
  }
  const finish = (session: Session, id: string) =>
    desk.finish(session, id).catch((error: unknown) => {
      if (!(fromRedis(error) instanceof GalleryError)) logBug(error)
    })
  const tus = new Server({
    path: uploadPath,
    datastore,
    generateUrl: (_, { id }) => `${base}${uploadPath.slice(1)}/${id}`,
    namingFunction: (_, metadata) => newUploadId(metadata?.['name'] ?? ''),
    onIncomingRequest: async (request, id) => {
      if (request.method !== 'POST') await desk.check(callerOf(request), id)
    },
    onUploadCreate: async (request, upload) => {
      const { album, name, modified, by } = await desk.admit(callerOf(request), upload.id, claimOf(upload))
      return { metadata: { album, name, modified: String(modified), by } }
    },
    onUploadFinish: (request, { id }) => {
      void finish(callerOf(request), id)
      return Promise.resolve({})
    },
    onResponseError: (_, error) => {
      const refusal = told(error)
      if (!refusal) return undefined
      const { status, text } = refusal
      return { status_code: status, body: JSON.stringify({ message: english(text), text }) }
    },
  })
  tus.on('POST_TERMINATE', (_request, _response, id) => desk.forget(id))

  const sweep = async () => {
    const left = await sweepUploads(folder)
    for (const id of desk.ids()) if (!left.has(id)) desk.forget(id)
  }
  await sweep()
  for (const id of (await datastore.configstore.list?.()) ?? []) {
    const upload = await datastore.configstore.get(id)
    if (upload && idPattern.test(id)) desk.restore(id, kept(upload))
  }
  const timer = setInterval(() => void sweep().catch(logBug), sweepIntervalMs).unref()

  const routes = new Hono<AppEnv>()
  routes.use('/:id', async (c, next) => {
    if (!idPattern.test(c.req.param('id'))) return message(404, { id: 'uploadGone' })
    await next()
    return c.res
  })
  routes.get('/:id', async (c, next) => {
    const id = c.req.param('id')
    try {
      if (c.req.raw.method === 'HEAD') {
        // A page whose last answer was lost asks how much has come, of what may have landed meanwhile.
        const size = desk.sizeOfDone(c.var.session, id)
        if (size !== null) return wholly(size)
        await next()
        return c.res
      }
      const outcome = await soon(desk.finish(c.var.session, id))
      if (!outcome) return message(202, '')
      const said = outcome.state === 'refused' ? { ...outcome, message: english(outcome.text) } : outcome
      return Response.json(said, { headers: { 'cache-control': 'no-store' } })
    } catch (error) {
      const refusal = told(error) ?? { status: 500, text: { id: 'internalError' } as const }
      return message(refusal.status, refusal.text)
    }
  })
  routes.all('/*', async (c) => {
    const request = withEnd(c.req.raw)
    callers.set(request, c.var.session)
    const response = await tus.handleWeb(request)
    // Only pages of this server come here (isForeign): none of another site is to be told that it may.
    for (const name of ['access-control-allow-origin', 'access-control-expose-headers'])
      response.headers.delete(name)
    response.headers.set('cache-control', 'no-store')
    return response
  })
  return { desk, routes, close: () => clearInterval(timer) }
}

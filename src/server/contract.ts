import { ORPCError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/fetch'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import { createMiddleware } from 'hono/factory'
import type { Gallery } from '../core/gallery/gallery.ts'
import type { Session } from '../core/gallery/session.ts'
import type { Library } from '../core/library/library.ts'
import type { Downloads } from '../core/library/downloads/downloads.ts'
import type { UploadDesk } from '../core/library/uploads/upload-desk.ts'
import type { MailOffice } from '../core/mail/mail-office.ts'
import type { Context } from '../router/base.ts'
import { router } from '../router/index.ts'
import { english } from '../shared/i18n/english.ts'
import type { Text } from '../shared/i18n/text.ts'
import { message, retryAfterSeconds } from './answers.ts'
import { streamLimits, type Concurrency } from './concurrency.ts'
import type { AppEnv } from './request.ts'
import type { OwnLogins } from './ways/own-ways-desk.ts'

export interface ContractParts {
  gallery: Gallery
  /** The session that follows the folders of this server. */
  self: Session
  library: Library
  uploads: UploadDesk
  downloads: Downloads
  mail: MailOffice | null
  ownLogins: OwnLogins
  concurrency: Concurrency
}

/** Largest call, in bytes. */
const maxCallBytes = 1024 * 1024
/**
 * Comments in a quiet stream keep proxies from ending it, of which most wait 60 s, in milliseconds. Not more often: TCP
 * notices that a client has vanished within seconds in silence, but waits a quarter of an hour for what it has sent.
 */
const streamCommentMs = 45_000

/** A call over HTTP: its signal is aborted once the client has gone, or has its answer. */
interface HttpContext extends Context {
  gone: AbortSignal
}

const compressed = compress()

/** Answers get smaller on their way; within this computer that only takes time. Streams of events are never held up by it. */
const compressFarAway = createMiddleware<AppEnv>((c, next) =>
  c.var.visitor.loopback ? next() : compressed(c, next),
)

const limited = bodyLimit({
  maxSize: maxCallBytes,
  onError: () => message(413, 'This is more than one call may say at once.'),
})

/** The contract, spoken by POST. */
export const contractRoutes = (parts: ContractParts) => {
  const { gallery, self, library, uploads, downloads, mail, ownLogins, concurrency } = parts
  const rpc = new RPCHandler<HttpContext>(router, {
    // Its own request's signal is not to be relied on (whenGone).
    rootInterceptors: [
      // oxlint-disable-next-line typescript/unbound-method -- oRPC declares it as a method, but hands over a closure
      ({ next, ...call }) => next({ ...call, request: { ...call.request, signal: call.context.gone } }),
    ],
    eventIteratorKeepAliveInterval: streamCommentMs,
  })
  const admitStream = ({ session, visitor, gone }: AppEnv['Variables']) => {
    if (concurrency.take(streamLimits(session, visitor.network), gone)) return
    const text: Text = { id: 'tooManyWindows' }
    throw new ORPCError('TOO_MANY_REQUESTS', { message: english(text), data: { text } })
  }
  const contextOf = (variables: AppEnv['Variables']): HttpContext => ({
    gallery,
    session: variables.session,
    library: variables.session === self ? library : null,
    settingUp: variables.settingUp,
    originals: library.originals,
    uploads,
    downloads,
    desktop: null,
    mail,
    ownWays: ownLogins.deskAt(variables.visitor.host),
    shell: 'browser',
    gone: variables.gone,
    admitStream: () => admitStream(variables),
  })
  const routes = new Hono<AppEnv>()
  routes.post('/*', compressFarAway, limited, async (c) => {
    const { response } = await rpc.handle(c.req.raw, { prefix: '/rpc', context: contextOf(c.var) })
    if (!response) return message(404, 'There is no such procedure.')
    response.headers.set('cache-control', 'no-store')
    if (response.status === 429) response.headers.set('retry-after', String(retryAfterSeconds))
    return response
  })
  return routes.all('/*', () => message(405, 'The contract is spoken by POST.'))
}

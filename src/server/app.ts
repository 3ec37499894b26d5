import type { IncomingMessage, ServerResponse } from 'node:http'
import { ORPCError } from '@orpc/server'
import { BodyLimitPlugin, RPCHandler } from '@orpc/server/fetch'
import { z } from 'zod'
import type { Library } from '../core/library/library.ts'
import type { Gallery } from '../core/gallery/open-gallery.ts'
import type { Session } from '../core/gallery/session.ts'
import type { Context } from '../router/base.ts'
import { logBug } from '../router/bugs.ts'
import { router } from '../router/index.ts'
import { createWeb, everywhere, type WebParts } from '../router/assets.ts'
import { GalleryError } from '../shared/errors.ts'
import { LoginKey } from '../shared/schemas/account.ts'
import { ShareName } from '../shared/schemas/ids.ts'
import { AccountName } from '../shared/schemas/ids.ts'
import { Attempts } from './attempts.ts'
import { Concurrency, pendingPlaces, streamPlaces } from './concurrency.ts'
import { healthOf } from './health.ts'
import { hostRefusal } from './hosts.ts'
import { KnownAddresses } from './known-addresses.ts'
import { cookieOf, isForeign, isSecure, readJson, whenGone, type Surroundings } from './request.ts'
import { LoginLink, Sessions } from './sessions.ts'
import { visitorOf, type Visitor } from './visitor.ts'

export interface AppParts extends WebParts, Surroundings {
  gallery: Gallery
  /** The session that follows the folders of this server: its owner's, or a service account's. */
  self: Session
  library: Library
  /** The names that the server answers to (hosts.ts); null: any. */
  hosts: Set<string> | null
  /** Tells the cookies of two servers on one host apart, as cookies do not know ports. */
  cookie: string
}

const Login = z.object({ account: z.union([AccountName, ShareName]), key: LoginKey })

const largestCall = 1024 * 1024
const largestLogin = 4096
/** After how many seconds somebody with too much going on may try again: windows that are closed free their streams at once. */
const retryAfterSeconds = 15
/**
 * Comments in a quiet stream keep proxies from ending it, of which most wait 60 s, in milliseconds. Not more often: TCP
 * notices that a client has vanished within seconds in silence, but waits a quarter of an hour for what it has sent.
 */
const streamCommentMs = 45_000

/** A call over HTTP: its signal is aborted once the client has gone, or has its answer. */
interface HttpContext extends Context {
  gone: AbortSignal
}

const message = (status: number, text: string, headers: Record<string, string> = {}) =>
  Response.json(
    { message: text },
    { status, headers: { ...everywhere, 'cache-control': 'no-store', ...headers } },
  )

const plain = (status: number, text: string) =>
  new Response(`${text}\n`, {
    status,
    headers: { ...everywhere, 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' },
  })

const tooMuch = () =>
  message(429, 'Too much is going on from here at once. Wait a moment, and try again.', {
    'retry-after': String(retryAfterSeconds),
  })

/** The browser shell: login, the contract under /rpc, images and the page, each on the caller's own connection. */
export class App {
  readonly link = new LoginLink()
  readonly #parts: AppParts
  readonly #sessions = new Sessions()
  readonly #attempts: Attempts
  readonly #concurrency = new Concurrency()
  readonly #health: ReturnType<typeof healthOf>
  readonly #web: ReturnType<typeof createWeb>
  readonly #rpc = new RPCHandler<HttpContext>(router, {
    plugins: [new BodyLimitPlugin({ maxBodySize: largestCall })],
    rootInterceptors: [
      ({ next, ...call }) => next({ ...call, request: { ...call.request, signal: call.context.gone } }),
    ],
    eventIteratorKeepAliveInterval: streamCommentMs,
  })

  constructor(parts: AppParts) {
    this.#parts = parts
    this.#web = createWeb(parts)
    this.#health = healthOf(parts.gallery)
    this.#attempts = new Attempts(new KnownAddresses(parts.gallery.home.path))
  }

  handle = async (
    request: Request,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
  ): Promise<Response> => {
    try {
      return await this.#answer(request, visitorOf(request, incoming, this.#parts), whenGone(outgoing))
    } catch (error) {
      if (error instanceof GalleryError) return message(503, error.message)
      logBug(error)
      return message(500, 'An internal error. The log has the details.')
    }
  }

  async #answer(request: Request, visitor: Visitor, gone: AbortSignal): Promise<Response> {
    const refusal = hostRefusal(request.headers.get('host') ?? '', this.#parts.hosts)
    if (refusal !== null) return plain(421, refusal)
    const url = new URL(request.url)
    if (url.pathname === '/healthz') return this.#healthz()
    if (isForeign(request)) return message(403, 'This request comes from another site.')
    if (url.pathname === '/login') return this.#login(request, url, visitor)
    if (url.pathname === '/logout' && request.method === 'POST') return this.#logout(request, url)
    const session = await this.#sessionOf(request)
    if (!this.#concurrency.take(pendingPlaces(session, visitor.network), gone)) return tooMuch()
    if (url.pathname.startsWith('/rpc/')) return this.#call(request, session, visitor, gone)
    return this.#web(request, session)
  }

  close() {
    this.#sessions.close()
  }

  async #sessionOf(request: Request): Promise<Session> {
    const found = await this.#sessions.find(cookieOf(request, this.#parts.cookie))
    return found ?? (await this.#parts.gallery.guest())
  }

  async #call(request: Request, session: Session, { network }: Visitor, gone: AbortSignal) {
    if (request.method !== 'POST') return message(405, 'The contract is spoken by POST.')
    const { gallery, self, library } = this.#parts
    const context: HttpContext = {
      gallery,
      session,
      library: session === self ? library : null,
      originals: library.originals,
      desktop: null,
      shell: 'browser',
      gone,
      admitStream: () => {
        if (this.#concurrency.take(streamPlaces(session, network), gone)) return
        const why =
          'Too many windows are open from here at once. Close some of them; it is tried again by itself.'
        throw new ORPCError('TOO_MANY_REQUESTS', { message: why })
      },
    }
    const { response } = await this.#rpc.handle(request, { prefix: '/rpc', context })
    if (!response) return message(404, 'There is no such procedure.')
    for (const [name, value] of Object.entries(everywhere)) response.headers.set(name, value)
    response.headers.set('cache-control', 'no-store')
    if (response.status === 429) response.headers.set('retry-after', String(retryAfterSeconds))
    return response
  }

  async #healthz() {
    const failure = await this.#health()
    return failure === null ? plain(200, 'ok') : plain(503, failure)
  }

  #cookie(request: Request, value: string, more = '') {
    const secure = isSecure(request, this.#parts) ? '; Secure' : ''
    return `${this.#parts.cookie}=${value}${more}; HttpOnly; SameSite=Strict; Path=/${secure}`
  }

  /** Starts a session under a new token, whatever the browser came with, and ends the one that it had. */
  #welcome(request: Request, session: Session, own: boolean, response: ResponseInit) {
    this.#sessions.end(cookieOf(request, this.#parts.cookie))
    const cookie = this.#cookie(request, this.#sessions.start(session, { own }))
    const headers = { ...everywhere, ...response.headers, 'cache-control': 'no-store', 'set-cookie': cookie }
    return new Response(null, { ...response, headers })
  }

  async #login(request: Request, url: URL, visitor: Visitor) {
    if (request.method === 'GET') {
      const home = { status: 303, headers: { location: '/' } }
      return this.link.use(url.searchParams.get('token'))
        ? this.#welcome(request, this.#parts.self, false, home)
        : new Response(null, home) // a link that was used before: whoever is logged in simply stays so
    }
    if (request.method !== 'POST' || !/^application\/json\b/.test(request.headers.get('content-type') ?? ''))
      return message(400, 'A login is a small POST of JSON.')
    const wanted = Login.safeParse(await readJson(request, largestLogin))
    if (!wanted.success) return message(400, 'A login has an account and a key.')
    const wait = await this.#attempts.begin(wanted.data.account, visitor)
    if (wait > 0)
      return message(429, `Too many attempts. Try again in ${wait} seconds.`, { 'retry-after': String(wait) })
    return this.#logIn(request, wanted.data, visitor)
  }

  async #logIn(request: Request, { account, key }: z.infer<typeof Login>, visitor: Visitor) {
    try {
      const session = await this.#parts.gallery.login(account, key, visitor.address)
      await this.#attempts.succeed(account, visitor)
      // The person of this server keeps one session, whichever way they come in: the library is theirs.
      const isSelf = session.account === this.#parts.self.account
      if (isSelf) session.redis.disconnect()
      return this.#welcome(request, isSelf ? this.#parts.self : session, !isSelf, { status: 204 })
    } catch (error) {
      if (!(error instanceof GalleryError)) throw error
      const refused = error.code === 'FORBIDDEN'
      if (!refused) await this.#attempts.takeBack(account, visitor)
      return message(refused ? 403 : 503, refused ? 'This name and password do not match.' : error.message)
    }
  }

  /** Ends this session, or with `?everywhere` all that the account has here. */
  async #logout(request: Request, url: URL) {
    const token = cookieOf(request, this.#parts.cookie)
    const session = url.searchParams.has('everywhere') ? await this.#sessions.find(token) : null
    if (session) this.#sessions.endAll(session.account)
    this.#sessions.end(token)
    const cookie = this.#cookie(request, '', '; Max-Age=0')
    return new Response(null, { status: 204, headers: { ...everywhere, 'set-cookie': cookie } })
  }
}

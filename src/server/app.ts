import type { IncomingMessage } from 'node:http'
import { BodyLimitPlugin, RPCHandler } from '@orpc/server/fetch'
import { z } from 'zod'
import type { Library } from '../core/library/library.ts'
import type { Gallery } from '../core/open.ts'
import type { Session } from '../core/session.ts'
import type { Context } from '../router/base.ts'
import { router } from '../router/index.ts'
import { createWeb, everywhere, type WebParts } from '../router/web.ts'
import { GalleryError } from '../shared/errors.ts'
import { LoginKey } from '../shared/people.ts'
import { ShareName } from '../shared/rights.ts'
import { AccountName } from '../shared/schemas.ts'
import { Attempts } from './attempts.ts'
import { addressOf, cookieOf, isForeign, isSecure, readJson, type Surroundings } from './request.ts'
import { LoginLink, Sessions } from './sessions.ts'

export interface AppParts extends WebParts, Surroundings {
  gallery: Gallery
  /** The session that follows the folders of this server: its owner's, or a service account's. */
  self: Session
  library: Library
  /** Only this computer can reach the server, by one of these names. Null: anybody, by any name. */
  localNames: Set<string> | null
  /** Tells the cookies of two servers on one host apart, as cookies do not know ports. */
  cookie: string
}

const Login = z.object({ account: z.union([AccountName, ShareName]), key: LoginKey })

const largestCall = 1024 * 1024
const largestLogin = 4096

const message = (status: number, text: string, headers: Record<string, string> = {}) =>
  Response.json(
    { message: text },
    { status, headers: { ...everywhere, 'cache-control': 'no-store', ...headers } },
  )

/** The browser shell: login, the contract under /rpc, images and the page, each on the caller's own connection. */
export class App {
  readonly link = new LoginLink()
  readonly #parts: AppParts
  readonly #sessions = new Sessions()
  readonly #attempts = new Attempts()
  readonly #web: ReturnType<typeof createWeb>
  readonly #rpc = new RPCHandler<Context>(router, {
    plugins: [new BodyLimitPlugin({ maxBodySize: largestCall })],
  })

  constructor(parts: AppParts) {
    this.#parts = parts
    this.#web = createWeb(parts)
  }

  handle = async (request: Request, incoming?: IncomingMessage): Promise<Response> => {
    const url = new URL(request.url)
    if (url.pathname === '/healthz') return this.#healthz()
    if (isForeign(request, this.#parts.localNames))
      return message(403, 'This request comes from another site.')
    if (url.pathname === '/login') return this.#login(request, url, addressOf(request, incoming, this.#parts))
    if (url.pathname === '/logout' && request.method === 'POST') return this.#logout(request, url)
    const session = await this.#sessionOf(request)
    if (url.pathname.startsWith('/rpc/')) return this.#call(request, session)
    return this.#web(request, session)
  }

  close() {
    this.#sessions.close()
  }

  async #sessionOf(request: Request): Promise<Session> {
    const found = await this.#sessions.find(cookieOf(request, this.#parts.cookie))
    return found ?? (await this.#parts.gallery.guest())
  }

  async #call(request: Request, session: Session) {
    if (request.method !== 'POST') return message(405, 'The contract is spoken by POST.')
    const { gallery, self, library } = this.#parts
    const context: Context = {
      gallery,
      session,
      library: session === self ? library : null,
      originals: library.originals,
      desktop: null,
      shell: 'browser',
    }
    const { response } = await this.#rpc.handle(request, { prefix: '/rpc', context })
    if (!response) return message(404, 'There is no such procedure.')
    for (const [name, value] of Object.entries(everywhere)) response.headers.set(name, value)
    response.headers.set('cache-control', 'no-store')
    return response
  }

  async #healthz() {
    try {
      await (await this.#parts.gallery.guest()).redis.ping()
      return new Response('ok\n', { headers: everywhere })
    } catch {
      return new Response('Redis cannot be reached\n', { status: 503, headers: everywhere })
    }
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

  async #login(request: Request, url: URL, address: string) {
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
    const wait = await this.#attempts.begin(wanted.data.account, address)
    if (wait > 0)
      return message(429, `Too many attempts. Try again in ${wait} seconds.`, { 'retry-after': String(wait) })
    return this.#logIn(request, wanted.data, address)
  }

  async #logIn(request: Request, { account, key }: z.infer<typeof Login>, address: string) {
    try {
      const session = await this.#parts.gallery.login(account, key, address)
      await this.#attempts.succeed(account, address)
      // The person of this server keeps one session, whichever way they come in: the library is theirs.
      const isSelf = session.account === this.#parts.self.account
      if (isSelf) session.redis.disconnect()
      return this.#welcome(request, isSelf ? this.#parts.self : session, !isSelf, { status: 204 })
    } catch (error) {
      if (!(error instanceof GalleryError)) throw error
      const refused = error.code === 'FORBIDDEN'
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

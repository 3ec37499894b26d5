import { BodyLimitPlugin, RPCHandler } from '@orpc/server/fetch'
import { z } from 'zod'
import type { Library } from '../core/library/library.ts'
import type { Gallery } from '../core/open.ts'
import type { Session } from '../core/session.ts'
import type { Context } from '../router/base.ts'
import { router } from '../router/index.ts'
import { createWeb, type WebParts } from '../router/web.ts'
import { GalleryError } from '../shared/errors.ts'
import { AccountName } from '../shared/schemas.ts'
import { LoginLink, Sessions } from './sessions.ts'

export interface AppParts extends WebParts {
  gallery: Gallery
  /** The session of the person whose server this is, and their library. */
  self: Session
  library: Library
  /** Only this computer can reach the server, by one of these names. Null: anybody, by any name. */
  localNames: Set<string> | null
  /** Tells the cookies of two servers on one host apart, as cookies do not know ports. */
  cookie: string
}

const Login = z.object({ account: AccountName, key: z.string().regex(/^[0-9a-f]{64}$/) })

const largestCall = 1024 * 1024

const message = (status: number, text: string) => Response.json({ message: text }, { status })

const cookieOf = (request: Request, name: string) =>
  new RegExp(`(?:^|;\\s*)${name}=([\\w-]+)`).exec(request.headers.get('cookie') ?? '')?.[1]

/**
 * Refuses what a page of another site makes a browser send: a foreign Origin on a change, and, on a server for this
 * computer only, a foreign name for it (DNS rebinding).
 */
const isForeign = (request: Request, localNames: Set<string> | null) => {
  const host = request.headers.get('host') ?? ''
  if (localNames && !localNames.has(host.replace(/:\d+$/, ''))) return true
  const origin = request.headers.get('origin')
  return origin !== null && URL.parse(origin)?.host !== host
}

/** The browser shell: login, the contract under /rpc, images and the page, each on the caller's own connection. */
export class App {
  readonly link = new LoginLink()
  readonly #parts: AppParts
  readonly #sessions = new Sessions()
  readonly #web: ReturnType<typeof createWeb>
  readonly #rpc = new RPCHandler<Context>(router, {
    plugins: [new BodyLimitPlugin({ maxBodySize: largestCall })],
  })

  constructor(parts: AppParts) {
    this.#parts = parts
    this.#web = createWeb(parts)
  }

  handle = async (request: Request): Promise<Response> => {
    const url = new URL(request.url)
    if (url.pathname === '/healthz') return this.#healthz()
    if (isForeign(request, this.#parts.localNames))
      return message(403, 'This request comes from another site.')
    if (url.pathname === '/login') return this.#login(request, url)
    if (url.pathname === '/logout' && request.method === 'POST') return this.#logout(request)
    const session = await this.#sessionOf(request)
    if (url.pathname.startsWith('/rpc/')) return this.#call(request, session)
    return this.#web(request, session)
  }

  async #sessionOf(request: Request): Promise<Session> {
    return this.#sessions.find(cookieOf(request, this.#parts.cookie)) ?? (await this.#parts.gallery.guest())
  }

  async #call(request: Request, session: Session) {
    if (request.method !== 'POST') return message(405, 'The contract is spoken by POST.')
    const { gallery, self, library } = this.#parts
    const context: Context = {
      gallery,
      session,
      library: session === self ? library : null,
      desktop: null,
      shell: 'browser',
    }
    const { response } = await this.#rpc.handle(request, { prefix: '/rpc', context })
    response?.headers.set('cache-control', 'no-store')
    return response ?? message(404, 'There is no such procedure.')
  }

  async #healthz() {
    try {
      await (await this.#parts.gallery.guest()).redis.ping()
      return new Response('ok\n')
    } catch {
      return new Response('Redis cannot be reached\n', { status: 503 })
    }
  }

  #welcome(session: Session, own: boolean, response: ResponseInit) {
    const token = this.#sessions.start(session, { own })
    const cookie = `${this.#parts.cookie}=${token}; HttpOnly; SameSite=Strict; Path=/`
    return new Response(null, { ...response, headers: { ...response.headers, 'set-cookie': cookie } })
  }

  async #login(request: Request, url: URL) {
    if (request.method === 'GET') {
      const home = { status: 303, headers: { location: '/' } }
      return this.link.use(url.searchParams.get('token'))
        ? this.#welcome(this.#parts.self, false, home)
        : new Response(null, home) // a link that was used before: whoever is logged in simply stays so
    }
    if (request.method !== 'POST' || Number(request.headers.get('content-length') ?? 0) > 4096)
      return message(400, 'A login is a small POST.')
    const wanted = Login.safeParse(await request.json().catch(() => null))
    if (!wanted.success) return message(400, 'A login has an account and a key.')
    return this.#logIn(wanted.data)
  }

  async #logIn({ account, key }: z.infer<typeof Login>) {
    try {
      const session = await this.#parts.gallery.login(account, key)
      // The person of this server keeps one session, whichever way they come in: the library is theirs.
      const isSelf = session.account === this.#parts.self.account
      if (isSelf) session.redis.disconnect()
      return this.#welcome(isSelf ? this.#parts.self : session, !isSelf, { status: 204 })
    } catch (error) {
      if (!(error instanceof GalleryError)) throw error
      const refused = error.code === 'FORBIDDEN'
      return message(refused ? 403 : 503, refused ? 'This name and password do not match.' : error.message)
    }
  }

  #logout(request: Request) {
    const { cookie } = this.#parts
    this.#sessions.end(cookieOf(request, cookie))
    return new Response(null, {
      status: 204,
      headers: { 'set-cookie': `${cookie}=; Max-Age=0; HttpOnly; SameSite=Strict; Path=/` },
    })
  }
}

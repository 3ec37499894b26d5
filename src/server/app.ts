import { Hono, type Context } from 'hono'
import type { Gallery } from '../core/gallery/gallery.ts'
import type { Session } from '../core/gallery/session.ts'
import { countVisit } from '../core/access/visits.ts'
import { Downloads } from '../core/library/downloads/downloads.ts'
import { KeptThumbs } from '../core/thumbnails/kept-thumbnails.ts'
import { createWeb, type WebParts } from '../router/assets.ts'
import { logBug } from '../router/bugs.ts'
import { secured } from '../router/secured.ts'
import { uploadPath } from '../shared/domain/uploads.ts'
import { GalleryError } from '../shared/errors.ts'
import { message, plain, tooMuch } from './answers.ts'
import { apiPrefix, apiRoutes } from './api/routes.ts'
import type { TokenSessions } from './api/token-sessions.ts'
import type { Attempts } from './attempts.ts'
import { Concurrency, pendingLimits } from './concurrency.ts'
import { contractRoutes, type ContractParts } from './contract.ts'
import { healthOf } from './health.ts'
import type { Administration } from './administration.ts'
import { hostRefusal } from './hosts.ts'
import { ProviderLogin, type ProviderParts } from './provider/routes.ts'
import type { ProviderSettings } from './provider/settings.ts'
import { loginRoutes } from './login.ts'
import { quickThumbs } from './quick-thumbnails.ts'
import { isForeign, whenGone, type AppEnv } from './request.ts'
import { linkRoutes } from './sharing/link-routes.ts'
import { LinkSessions } from './sharing/link-sessions.ts'
import { pageHeaders } from './sharing/page-headers.ts'
import { publicRoutes } from './sharing/public-routes.ts'
import type { SharingParts } from './sharing/sharing-parts.ts'
import { mailLinkRoutes } from './mail-links.ts'
import { LoginLink } from './login-link.ts'
import { SessionCookie } from './sessions/session-cookie.ts'
import type { Sessions } from './sessions/sessions.ts'
import { standingOf } from './sessions/standing.ts'
import type { openUploads } from './uploads.ts'
import { HeaderLogin } from './ways/header-login.ts'
import { RequiredFactor } from './ways/required-factor.ts'
import { OwnLogins } from './ways/own-ways-desk.ts'
import { visitorOf, type Surroundings } from './visitor.ts'

export interface AppParts extends WebParts, Surroundings, Pick<ContractParts, 'library' | 'mail'> {
  gallery: Gallery
  /** The session that follows the folders of this server: its owner's, or a service account's. */
  self: Session
  /** The program's own session, where it has one. */
  steward: Session | null
  sessions: Sessions
  attempts: Attempts
  tokens: TokenSessions
  /** The names that the server answers to (hosts.ts); null: any. */
  hosts: Set<string> | null
  /** Sites that may show public albums within their pages. */
  embedders: readonly string[]
  uploads: Awaited<ReturnType<typeof openUploads>>
  /** Name of the cookie that holds a session's token. */
  cookie: string
  /** Which provider accounts log in by; null: none. */
  provider: ProviderSettings | null
  administration: Administration
  /** By which header listed proxies say who asks, in lower case; null: by none. */
  loginHeader: string | null
}

const onError = (error: Error) => {
  if (error instanceof GalleryError) return message(503, error.text)
  logBug(error)
  return message(500, { id: 'internalError' })
}

const providerLogin = (parts: AppParts, welcome: ProviderParts['welcome']) => {
  const { gallery, sessions, administration, provider: settings } = parts
  const cookie = `${parts.cookie}-provider`
  return settings ? new ProviderLogin({ gallery, sessions, administration, settings, cookie, welcome }) : null
}

/** The browser shell: login, the contract under /rpc, images and the page, each on the caller's own connection. */
export const createApp = (parts: AppParts) => {
  const { gallery, self, steward, sessions, attempts, tokens } = parts
  const [link, concurrency] = [new LoginLink(), new Concurrency()]
  const cookie = new SessionCookie(parts.cookie, parts)
  const health = healthOf(gallery)
  const kept = new KeptThumbs()
  const downloads = new Downloads()
  const web = createWeb({ ...parts, downloads }, kept)
  const app = new Hono<AppEnv>().onError(onError)
  app.use(pageHeaders(parts.embedders), secured, async (c, next) => {
    const { incoming, outgoing } = c.env
    c.set('visitor', visitorOf(incoming, parts))
    c.set('gone', whenGone(outgoing))
    const refusal = hostRefusal(c.var.visitor.host, parts.hosts)
    return refusal === null ? next() : plain(421, refusal)
  })
  app.all('/healthz', async () => {
    const failure = await health()
    return failure === null ? plain(200, 'ok') : plain(503, failure)
  })
  app.use(async (c, next) =>
    isForeign(c.req.raw, c.var.visitor.host) ? message(403, 'This request comes from another site.') : next(),
  )
  const visited = (name: string) => countVisit(steward ?? self, name)
  /** The browser has a new token, whatever it came with; the session that it had ends. */
  const welcome = async (c: Context<AppEnv>, token: string) => {
    await sessions.end(cookie.read(c))
    cookie.keep(c, token)
    c.header('cache-control', 'no-store')
  }
  const provider = providerLogin(parts, welcome)
  const ownLogins = new OwnLogins(parts)
  const byHeader = new HeaderLogin(parts)
  const requiredFactor = new RequiredFactor(parts)
  app.route(
    '/',
    loginRoutes({
      attempts,
      base: parts.base,
      cookie,
      link,
      sessions,
      visited,
      welcome,
      provider,
      ownLogins,
      requiredFactor,
    }),
  )
  app.route('/', mailLinkRoutes(parts.mail))
  app.route(apiPrefix, apiRoutes({ gallery, tokens, concurrency, web }))
  app.use(async (c, next) => {
    const { session: standing, held } = await standingOf(
      { sessions, byHeader, requiredFactor },
      { incoming: c.env.incoming, token: cookie.read(c), address: c.var.visitor.address },
    )
    const begun = standing ? null : await byHeader.begin(c)
    if (begun instanceof Response) return begun
    const session = (held ? null : (standing ?? begun?.session)) ?? (await gallery.guest())
    c.set('session', session)
    c.set('settingUp', held ? standing : null)
    const free = concurrency.take(pendingLimits(session, c.var.visitor.network), c.var.gone)
    if (!free) return tooMuch()
    await next()
    if (begun) await welcome(c, begun.token)
    // Other answers may be kept by the browser, and would bring a cookie back later.
    const token = c.req.path.startsWith('/rpc/') ? await sessions.renew(cookie.read(c)) : null
    if (token !== null) cookie.keep(c, token)
    return c.res
  })
  const { library, mail, uploads } = parts
  const desk = uploads.desk
  app.route(
    '/rpc',
    contractRoutes({ gallery, self, library, uploads: desk, downloads, mail, ownLogins, concurrency }),
  )
  app.route(uploadPath, uploads.routes)
  const sharing: SharingParts = {
    ...parts,
    self: steward ?? self,
    links: new LinkSessions({ gallery, attempts }),
    images: (request, env) => web.fetch(request, env),
  }
  app.route('/', linkRoutes(sharing))
  app.route('/', publicRoutes(sharing))
  app.all('*', (c) => {
    const { session, gone } = c.var
    return web.fetch(c.req.raw, { session, gone, cut: () => c.env.outgoing.destroy() })
  })
  const { hosts } = parts
  const quick = quickThumbs({
    ...{ gallery, sessions, cookie, concurrency, kept, hosts, byHeader, requiredFactor },
    surroundings: parts,
  })
  return { fetch: app.fetch, quick, link }
}

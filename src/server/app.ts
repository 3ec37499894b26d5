import { Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Gallery } from '../core/gallery/open-gallery.ts'
import type { Session } from '../core/gallery/session.ts'
import { createWeb, type WebParts } from '../router/assets.ts'
import { logBug } from '../router/bugs.ts'
import { secured } from '../router/secured.ts'
import { GalleryError } from '../shared/errors.ts'
import { message, plain, tooMuch } from './answers.ts'
import { Concurrency, pendingLimits } from './concurrency.ts'
import { contractRoutes, type ContractParts } from './contract.ts'
import { healthOf } from './health.ts'
import { hostRefusal } from './hosts.ts'
import { loginRoutes } from './login.ts'
import { isForeign, whenGone, type AppEnv } from './request.ts'
import { LoginLink, Sessions } from './sessions.ts'
import { visitorOf, type Surroundings } from './visitor.ts'

export interface AppParts extends WebParts, Surroundings, Pick<ContractParts, 'library'> {
  gallery: Gallery
  /** The session that follows the folders of this server: its owner's, or a service account's. */
  self: Session
  /** The names that the server answers to (hosts.ts); null: any. */
  hosts: Set<string> | null
  /** Tells the cookies of two servers on one host apart, as cookies do not know ports. */
  cookie: string
}

const onError = (error: Error) => {
  if (error instanceof GalleryError) return message(503, error.text)
  logBug(error)
  return message(500, { id: 'internalError' })
}

/** The browser shell: login, the contract under /rpc, images and the page, each on the caller's own connection. */
export const createApp = (parts: AppParts) => {
  const { gallery, self } = parts
  const [link, sessions, concurrency] = [new LoginLink(), new Sessions(), new Concurrency()]
  const health = healthOf(gallery)
  const web = createWeb(parts)
  const app = new Hono<AppEnv>().onError(onError)
  app.use(secured, async (c, next) => {
    const { incoming, outgoing } = c.env as AppEnv['Bindings']
    c.set('visitor', visitorOf(c.req.raw, incoming, parts))
    c.set('gone', whenGone(outgoing))
    const refusal = hostRefusal(c.req.header('host') ?? '', parts.hosts)
    return refusal === null ? next() : plain(421, refusal)
  })
  app.all('/healthz', async () => {
    const failure = await health()
    return failure === null ? plain(200, 'ok') : plain(503, failure)
  })
  app.use(async (c, next) =>
    isForeign(c.req.raw) ? message(403, 'This request comes from another site.') : next(),
  )
  app.route('/', loginRoutes({ ...parts, link, sessions }))
  app.use(async (c, next) => {
    const session = (await sessions.find(getCookie(c, parts.cookie))) ?? (await gallery.guest())
    c.set('session', session)
    const free = concurrency.take(pendingLimits(session, c.var.visitor.network), c.var.gone)
    return free ? next() : tooMuch()
  })
  app.route('/rpc', contractRoutes({ gallery, self, library: parts.library, concurrency }))
  app.all('*', (c) => web.fetch(c.req.raw, { session: c.var.session }))
  return { fetch: app.fetch, link, close: () => sessions.close() }
}

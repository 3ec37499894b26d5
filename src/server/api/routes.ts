import { OpenAPIHandler } from '@orpc/openapi/fetch'
import { Hono, type Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { Gallery } from '../../core/gallery/gallery.ts'
import type { Session } from '../../core/gallery/session.ts'
import { apiRouter, type ApiContext } from '../../router/http-api.ts'
import { message, tooMuch } from '../answers.ts'
import { pendingLimits, type Concurrency } from '../concurrency.ts'
import type { AppEnv } from '../request.ts'
import { describeApi } from './openapi.ts'
import type { TokenSessions } from './token-sessions.ts'

/** Where the API lies. Its version grows when what a program relies on is taken away. */
export const apiPrefix = '/api/v1'

/** Calls of one token, or of strangers in one network, within a minute. */
const callsPerMinute = { token: 600, stranger: 120 }

export interface ApiParts {
  gallery: Pick<Gallery, 'guest'>
  tokens: TokenSessions
  concurrency: Concurrency
  /** The pages and images of the gallery (router/assets.ts). */
  web: {
    fetch: (request: Request, env: { session: Session; gone: AbortSignal }) => Response | Promise<Response>
  }
}

const tooMany = (seconds: number) =>
  message(429, { id: 'tooManyCalls' }, { 'retry-after': String(Math.max(1, seconds)) })

/** Whether so many calls may be made; else how many seconds to wait. */
const limiter = (points: number) => {
  const limit = new RateLimiterMemory({ points, duration: 60 })
  return (name: string): Promise<number> =>
    limit.consume(name).then(
      () => 0,
      (refused: unknown) => Math.ceil((refused as { msBeforeNext: number }).msBeforeNext / 1000),
    )
}

/**
 * The HTTP API: each call as its token, or as a guest. The cookie of a browser counts for nothing here, so that no page can have a browser ask
 * for somebody.
 */
export const apiRoutes = ({ gallery, tokens, concurrency, web }: ApiParts) => {
  const handler = new OpenAPIHandler<ApiContext>(apiRouter)
  const [ofToken, ofStranger] = [limiter(callsPerMinute.token), limiter(callsPerMinute.stranger)]
  const sessionOf = async (c: Context<AppEnv>): Promise<Session | Response> => {
    const given = c.req.header('authorization')
    if (given === undefined) return gallery.guest()
    const [, token] = /^Bearer +(\S+)$/i.exec(given) ?? []
    const found = await tokens.find(token ?? '', c.var.visitor)
    if (typeof found === 'number') return tooMany(found)
    return found ?? message(401, { id: 'badToken' }, { 'www-authenticate': 'Bearer error="invalid_token"' })
  }
  const admit = createMiddleware<AppEnv>(async (c, next) => {
    const session = await sessionOf(c)
    if (session instanceof Response) return session
    const wait = await (session.guest ? ofStranger(c.var.visitor.network) : ofToken(session.account))
    if (wait > 0) return tooMany(wait)
    if (!concurrency.take(pendingLimits(session, c.var.visitor.network), c.var.gone)) return tooMuch()
    c.set('session', session)
    return next()
  })
  let description: ReturnType<typeof describeApi> | undefined
  const routes = new Hono<AppEnv>()
  routes.get('/openapi.json', async (c) =>
    c.json(await (description ??= describeApi(apiPrefix)), 200, { 'cache-control': 'no-cache' }),
  )
  routes.on(['GET', 'HEAD'], '/*', admit, async (c) => {
    const { session, gone } = c.var
    const image = async (address: string) =>
      web.fetch(new Request(new URL(address, c.req.url)), { session, gone })
    const { response } = await handler.handle(c.req.raw, { prefix: apiPrefix, context: { session, image } })
    if (!response) return message(404, { id: 'notFound' })
    if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
    response.headers.set('vary', 'authorization')
    return response
  })
  return routes.all('/*', () => message(405, { id: 'onlyGet' }, { allow: 'GET, HEAD' }))
}

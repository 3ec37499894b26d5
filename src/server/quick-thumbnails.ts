import type { IncomingMessage, ServerResponse } from 'node:http'
import { Hono } from 'hono'
import type { Gallery } from '../core/gallery/gallery.ts'
import type { KeptThumbs } from '../core/thumbnails/kept-thumbnails.ts'
import { viewThumb, type AskedPhoto } from '../core/thumbnails/view-thumbnail.ts'
import { photoIn, thumbHeaders } from '../router/assets.ts'
import { secured } from '../router/secured.ts'
import { pendingLimits, type Concurrency } from './concurrency.ts'
import { hostRefusal } from './hosts.ts'
import type { SessionCookie } from './sessions/session-cookie.ts'
import type { Sessions } from './sessions/sessions.ts'
import { standingOf } from './sessions/standing.ts'
import type { HeaderLogin } from './ways/header-login.ts'
import type { RequiredFactor } from './ways/required-factor.ts'
import { visitorOf, type Surroundings, type Visitor } from './visitor.ts'

export interface QuickThumbsParts {
  gallery: Pick<Gallery, 'guest'>
  sessions: Sessions
  cookie: SessionCookie
  concurrency: Concurrency
  kept: KeptThumbs
  hosts: Set<string> | null
  surroundings: Surroundings
  byHeader: HeaderLogin
  requiredFactor: RequiredFactor
}

/** As the page asks for a thumbnail; what is written otherwise goes the usual way. */
const asked = /^\/thumb\/([0-9a-f]{64})(?:\?photo=([\w~.%-]+\/\w+))?$/

const photoOf = (text: string | undefined): AskedPhoto | null => {
  if (text === undefined) return null
  try {
    return photoIn(decodeURIComponent(text))
  } catch {
    return null // no address that the page makes
  }
}

/** The headers of every answer, in the one way in which they are written down. */
const securityHeaders = async () => {
  const app = new Hono().use(secured).get('/', (c) => c.body(null))
  return [...(await app.request('/')).headers]
}

/**
 * Answers requests for thumbnails that are just there, without a Request and a Response in between: a screen full of photos
 * asks for some hundred, and these took longer than all the rest. The caller's session is found, counted and asked of Redis
 * as with any other request. All else (another method or origin, a refusal, a thumbnail that has to be made again) is left to
 * the usual way, which asks once more.
 *
 * @returns whether the request was answered
 */
export const quickThumbs = ({
  gallery,
  sessions,
  cookie,
  concurrency,
  kept,
  hosts,
  surroundings,
  byHeader,
  requiredFactor,
}: QuickThumbsParts) => {
  const security = securityHeaders()
  const send = async (incoming: IncomingMessage, outgoing: ServerResponse, name: string, bytes: Buffer) => {
    const { etag, ...headers } = thumbHeaders(name)
    const known = incoming.headers['if-none-match'] === etag
    for (const [header, value] of await security) outgoing.setHeader(header, value)
    outgoing.writeHead(known ? 304 : 200, {
      ...headers,
      etag,
      ...(known ? {} : { 'content-length': bytes.length }),
    })
    outgoing.end(known ? undefined : bytes)
  }
  const answer = async (
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    name: string,
    { photo, visitor }: { photo: AskedPhoto | null; visitor: Visitor },
  ) => {
    const token = cookie.readFrom(incoming.headers.cookie)
    const { session: standing, held } = await standingOf(
      { sessions, byHeader, requiredFactor },
      { incoming, token, address: visitor.address },
    )
    const session = standing && !held ? standing : await gallery.guest()
    const release = concurrency.hold(pendingLimits(session, visitor.network))
    if (!release) return false
    try {
      const bytes = await viewThumb(session, kept, name, photo)
      if (bytes === 'hidden' || bytes === null) return false
      await send(incoming, outgoing, name, bytes)
      return true
    } finally {
      release()
    }
  }
  return async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<boolean> => {
    const [, name, photo] = asked.exec(incoming.url ?? '') ?? []
    if (name === undefined || incoming.method !== 'GET' || incoming.headers.origin !== undefined) return false
    const visitor = visitorOf(incoming, surroundings)
    if (hostRefusal(visitor.host, hosts) !== null) return false
    // What went wrong goes wrong once more, and is told.
    return answer(incoming, outgoing, name, { photo: photoOf(photo), visitor }).catch(() => false)
  }
}

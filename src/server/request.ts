import type { HttpBindings } from '@hono/node-server'
import type { Session } from '../core/gallery/session.ts'
import type { Visitor } from './visitor.ts'

/** What belongs to one request. */
export interface AppEnv {
  Bindings: HttpBindings
  Variables: {
    visitor: Visitor
    /** Aborted once the answer is over or the client has gone. */
    gone: AbortSignal
    session: Session
    /** The session that is to be this one's once its account has a second factor: until then it is a guest's. */
    settingUp: Session | null
  }
}

/**
 * What a page of another site makes a browser send: a foreign Origin, or a change that the browser says is foreign. Hono's
 * own check looks at forms alone, believes either header, and refuses programs, which send neither. `host`: that the browser asks for.
 */
export const isForeign = (request: Request, host: string) => {
  const changes = request.method !== 'GET' && request.method !== 'HEAD'
  if (changes && request.headers.get('sec-fetch-site') === 'cross-site') return true
  const origin = request.headers.get('origin')
  return origin !== null && URL.parse(origin)?.host !== host.toLowerCase()
}

/**
 * Aborted once an answer is over or its client has gone, however it went. A Request's own signal does not do: that of a
 * Request that was made from another (as the limit of a body's bytes does) is forgotten when the garbage collector takes
 * the Request, and a stream would then run for ever (seen in Node 24.21).
 */
export const whenGone = (outgoing: HttpBindings['outgoing']): AbortSignal => {
  const gone = new AbortController()
  if (outgoing.destroyed) gone.abort(over)
  else outgoing.once('close', () => gone.abort(over))
  return gone.signal
}

/** The one reason for all of them: making one for each, with the stack that led to it, takes as long as many an answer. */
const over = new DOMException('The answer is over.', 'AbortError')

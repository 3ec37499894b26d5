import type { ServerResponse } from 'node:http'

/** A reverse proxy in front says who asked, and whether over TLS; anybody else could say so as well. */
export interface Surroundings {
  behindProxy: boolean
}

/** Whether the browser reached us over TLS, so that cookies may be kept to that. */
export const isSecure = (request: Request, { behindProxy }: Surroundings) =>
  behindProxy && request.headers.get('x-forwarded-proto') === 'https'

export const cookieOf = (request: Request, name: string) =>
  new RegExp(`(?:^|;\\s*)${name}=([\\w-]+)`).exec(request.headers.get('cookie') ?? '')?.[1]

/** Refuses what a page of another site makes a browser send: a foreign Origin, or a change that the browser says is foreign. */
export const isForeign = (request: Request) => {
  const host = (request.headers.get('host') ?? '').toLowerCase()
  const changes = request.method !== 'GET' && request.method !== 'HEAD'
  if (changes && request.headers.get('sec-fetch-site') === 'cross-site') return true
  const origin = request.headers.get('origin')
  return origin !== null && URL.parse(origin)?.host !== host
}

/**
 * Aborted once an answer is over or its client has gone, however it went. A Request's own signal does not do: that of a
 * Request that was made from another (as oRPC does to count a body's bytes) is forgotten when the garbage collector takes
 * the Request, and a stream would then run for ever (seen in Node 24.21).
 */
export const whenGone = (outgoing: ServerResponse): AbortSignal => {
  const gone = new AbortController()
  if (outgoing.destroyed) gone.abort()
  else outgoing.once('close', () => gone.abort())
  return gone.signal
}

/** A small JSON body; null where it is none, or larger than it may be, whatever its header says. */
export const readJson = async (request: Request, most: number): Promise<unknown> => {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.byteLength
      if (size > most) return null
      chunks.push(chunk)
    }
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown
  } catch {
    return null
  }
}

import type { IncomingMessage } from 'node:http'

/** A reverse proxy in front says who asked, and whether over TLS; anybody else could say so as well. */
export interface Surroundings {
  behindProxy: boolean
}

/** The address that a request came from. */
export const addressOf = (
  request: Request,
  incoming: IncomingMessage | undefined,
  { behindProxy }: Surroundings,
) => {
  const forwarded = behindProxy
    ? request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim()
    : undefined
  return (forwarded || incoming?.socket.remoteAddress || '').slice(0, 64)
}

/** Whether the browser reached us over TLS, so that cookies may be kept to that. */
export const isSecure = (request: Request, { behindProxy }: Surroundings) =>
  behindProxy && request.headers.get('x-forwarded-proto') === 'https'

export const cookieOf = (request: Request, name: string) =>
  new RegExp(`(?:^|;\\s*)${name}=([\\w-]+)`).exec(request.headers.get('cookie') ?? '')?.[1]

/**
 * Refuses what a page of another site makes a browser send: a foreign Origin on a change, and, on a server for this
 * computer only, a foreign name for it (DNS rebinding).
 */
export const isForeign = (request: Request, localNames: Set<string> | null) => {
  const host = request.headers.get('host') ?? ''
  if (localNames && !localNames.has(host.replace(/:\d+$/, ''))) return true
  const changes = request.method !== 'GET' && request.method !== 'HEAD'
  if (changes && request.headers.get('sec-fetch-site') === 'cross-site') return true
  const origin = request.headers.get('origin')
  return origin !== null && URL.parse(origin)?.host !== host
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

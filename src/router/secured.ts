import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'

const policyHeader = 'content-security-policy'

/**
 * What the page may load: nothing but its own files, images and videos of its own origin, and the placeholders that it draws itself.
 * Styles are files too; what scripts set through the CSSOM is not concerned.
 *
 * @param images one origin more that images may come from: the tile server of the gallery (shared/domain/tile-server.ts)
 */
const policy = (images: string | null) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "media-src 'self'",
    `img-src 'self' data: blob:${images ? ` ${images}` : ''}`,
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')

const others = secureHeaders({
  // Other sites are told nothing; without it the page's own forms would not say either where they come from (server/request.ts).
  referrerPolicy: 'same-origin',
  xFrameOptions: 'DENY', // for browsers that do not know frame-ancestors
  strictTransportSecurity: false, // whether a name is only ever served over TLS is the proxy's to say
})

/** Headers of every answer of both shells. */
export const secured: MiddlewareHandler = async (c, next) => {
  await others(c, next)
  if (!c.res.headers.has(policyHeader)) c.res.headers.set(policyHeader, policy(null))
}

/** Lets the page that is answered load images of one origin more. */
export const withImagesOf = (response: Response, origin: string): void =>
  response.headers.set(policyHeader, policy(origin))

import { createMiddleware } from 'hono/factory'
import { GalleryError } from '../../shared/errors.ts'
import type { AppEnv } from '../request.ts'

/** Reads the sites that may show public albums, `https://blog.example.org`, with commas. INVALID for what is no site. */
export const readEmbedders = (text: string): string[] =>
  text
    .split(',')
    .map((site) => site.trim())
    .filter(Boolean)
    .map((site) => {
      const url = URL.parse(site)
      if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search)
        throw new GalleryError('INVALID', 'badSite', { site })
      return url.origin
    })

/**
 * What the answers of the browser shell say besides: search engines keep nothing that nobody chose to have found; the page may be shown by
 * the sites that the server names, where cookies of ours do not go along, so that it is a guest's; and at the address of a link it
 * finds its files by the `<base>` that it was given, and no request of it names that address.
 */
export const pageHeaders = (embedders: readonly string[]) =>
  createMiddleware<AppEnv>(async (c, next) => {
    await next()
    const { headers } = c.res
    if (!headers.has('x-robots-tag')) headers.set('x-robots-tag', 'noindex')
    const policy = headers.get('content-security-policy') ?? ''
    if (c.req.path.startsWith('/s/')) {
      headers.set('content-security-policy', policy.replace("base-uri 'none'", "base-uri 'self'"))
      headers.set('referrer-policy', 'strict-origin')
    } else if (c.req.path === '/' && embedders.length > 0) {
      const framed = policy.replace("frame-ancestors 'none'", `frame-ancestors ${embedders.join(' ')}`)
      headers.set('content-security-policy', framed)
      headers.delete('x-frame-options')
    }
  })

import type { ServerResponse } from 'node:http'
import { GalleryError } from '../shared/errors.ts'

/** Reads the path that the gallery is below. INVALID for what is none. Returns it between slashes: `/`, `/gallery/`. */
export const readBase = (text: string): string => {
  const path = `/${text.trim().replace(/^\/+|\/+$/g, '')}/`.replace('//', '/')
  if (!/^\/([\w.~-]+\/)*$/.test(path) || /\/\.{1,2}\//.test(path))
    throw new GalleryError('INVALID', 'badBase', { path: text })
  return path
}

/** The address of a request as it is below the path of the gallery; null where it is not below it. */
export const belowBase = (base: string, url: string): string | null =>
  url.startsWith(base) ? `/${url.slice(base.length)}` : null

/** Answers who asks above it: the first page leads there. */
export const misplaced = (outgoing: ServerResponse, base: string, url: string) => {
  const isNear = url === '/' || `${url}/` === base
  outgoing
    .writeHead(isNear ? 302 : 404, { 'content-type': 'text/plain', ...(isNear ? { location: base } : {}) })
    .end(`The gallery is at ${base}\n`)
}

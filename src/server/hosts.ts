import { isIPv6 } from 'node:net'
import { GalleryError } from '../shared/errors.ts'

const loopbackNames = ['127.0.0.1', '::1', 'localhost']

/** A name without port, brackets and the dot of the root, in lower case: `[::1]:8420` and `::1` are one. */
const plainName = (host: string) => {
  const bare = isIPv6(host) ? host : host.replace(/:\d*$/, '')
  return bare
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
    .toLowerCase()
}

const isName = (name: string) => isIPv6(name) || /^[a-z0-9]([a-z0-9._-]{0,251}[a-z0-9])?$/.test(name)

export const isLoopbackName = (host: string) => loopbackNames.includes(plainName(host))

/** Reads names from the command line and the environment. Throws INVALID for what can be the name of no server. */
export const readHosts = (names: string[]): string[] =>
  names
    .map((name) => name.trim())
    .filter(Boolean)
    .map((name) => {
      const plain = plainName(name)
      if (!isName(plain)) throw new GalleryError('INVALID', 'badHostName', { name })
      return plain
    })

/**
 * The names that a server may be called by, null for any. A server for this computer only answers to no others, as a page
 * whose own name leads here (DNS rebinding) could read everything; this computer's own names always work, for health checks.
 */
export const hostsOf = (listensOn: string, allowed: string[]): Set<string> | null =>
  allowed.length > 0 || isLoopbackName(listensOn) ? new Set([...loopbackNames, ...allowed]) : null

/** Why a Host header is refused; null where it is not. Safe to print: the client that wrote the header may want to harm. */
export const hostRefusal = (host: string, hosts: Set<string> | null): string | null => {
  const name = plainName(host)
  if (!hosts || hosts.has(name)) return null
  const shown = name.slice(0, 253)
  if (!isName(shown)) return 'This server is not called that.'
  return `This server is not called ${shown}. Add it with --allow-host ${shown} or CIMAISE_ALLOWED_HOSTS.`
}

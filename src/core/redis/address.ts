import { GalleryError } from '../../shared/errors.ts'
import type { TextId } from '../../shared/i18n/text.ts'

/** Where a Redis is and how it is spoken to; the login in it is only the one that the URL itself names. */
export interface RedisAddress {
  kind: 'single' | 'sentinel' | 'cluster'
  nodes: { host: string; port: number }[]
  tls: boolean
  db: number
  /** Name of the primary, for Sentinel. */
  primary: string
  username: string | null
  password: string | null
  /** What TLS is spoken with beyond the authorities that this computer trusts, as PEM texts. */
  certificates?: Certificates
  /** Where the Sentinels ask for a login. */
  sentinelLogin?: { username: string; password: string }
}

interface Certificates {
  /** The gallery's own authority, which vouches for its servers. */
  ca?: string
  /** The client's own certificate and its key, where the servers ask for them. */
  cert?: string
  key?: string
}

const schemes: Record<string, Pick<RedisAddress, 'kind' | 'tls'>> = {
  redis: { kind: 'single', tls: false },
  rediss: { kind: 'single', tls: true },
  'redis+sentinel': { kind: 'sentinel', tls: false },
  'rediss+sentinel': { kind: 'sentinel', tls: true },
  'redis+cluster': { kind: 'cluster', tls: false },
  'rediss+cluster': { kind: 'cluster', tls: true },
}

const invalid = (id: TextId) => new GalleryError('INVALID', 'badRedisUrl', { why: { id } })

const parseNode = (text: string, defaultPort: number) => {
  const found = /^(\[[0-9a-fA-F:.]+\]|[^:[\]]+)(?::(\d{1,5}))?$/.exec(text)
  const port = Number(found?.[2] ?? defaultPort)
  if (!found?.[1] || port < 1 || port > 65535) throw invalid('urlBadHost')
  return { host: found[1].replace(/^\[|\]$/g, ''), port }
}

const decoded = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    throw invalid('urlBadPercent')
  }
}

/**
 * Reads a Redis URL: one server (`redis://`, `rediss://`), a list of Sentinels with the name of the primary as the
 * path, or a list of cluster nodes. Throws INVALID, never repeating the URL, as it may hold a password.
 */
export const parseRedisUrl = (url: string): RedisAddress => {
  if (/^[a-z+]+:\/\/.*[?#]/.test(url.trim())) throw invalid('urlExtraParts')
  const found = /^([a-z+]+):\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^/?#]+)(?:\/([^?#]*))?$/.exec(url.trim())
  const scheme = schemes[found?.[1] ?? '']
  if (!found?.[4] || !scheme) throw invalid('urlNotRedis')
  const path = found[5] ?? ''
  if (scheme.kind === 'sentinel' && !path) throw invalid('urlNoPrimary')
  if (scheme.kind !== 'sentinel' && !/^\d{0,4}$/.test(path)) throw invalid('urlBadDatabase')
  const defaultPort = scheme.kind === 'sentinel' ? 26379 : 6379
  const nodes = found[4].split(',').map((node) => parseNode(node, defaultPort))
  if (scheme.kind === 'single' && nodes.length > 1) throw invalid('urlManyHosts')
  const login = (text: string | undefined) => (text ? decoded(text) : null)
  return {
    ...scheme,
    nodes,
    db: scheme.kind === 'single' ? Number(path || 0) : 0,
    primary: scheme.kind === 'sentinel' ? decoded(path) : '',
    username: login(found[2]),
    password: login(found[3]),
  }
}

/** The address as messages of every language show it: no login in it, and no words but the names of what stands there. */
export const describeAddress = ({ kind, nodes, tls, primary }: RedisAddress) => {
  const hosts = nodes.map(({ host, port }) => `${host}:${port}`).join(', ')
  const secured = tls ? ' (TLS)' : ''
  if (kind === 'sentinel') return `${primary} (Sentinel ${hosts})${secured}`
  return kind === 'cluster' ? `Cluster ${hosts}${secured}` : `${hosts}${secured}`
}

/** The URL of an address with a login in it, as `redis-cli -u` takes it; only a single server has one. */
export const urlWithLogin = (address: RedisAddress, username: string, password: string) => {
  const node = address.nodes[0]
  if (address.kind !== 'single' || !node) throw new GalleryError('UNSUPPORTED', 'noSingleUrl')
  const host = node.host.includes(':') ? `[${node.host}]` : node.host
  const login = `${encodeURIComponent(username)}:${encodeURIComponent(password)}`
  return `${address.tls ? 'rediss' : 'redis'}://${login}@${host}:${node.port}/${address.db}`
}

/** Characters of an address, and of what stands on the map, at most. */
export const maxTileUrl = 500
export const maxTileAttribution = 200

/** A server of map pictures that an administrator has chosen. */
export interface TileServer {
  /** An address with `{z}`, `{x}` and `{y}` in it, as web maps number their tiles. */
  url: string
  /** Who made the map: what its makers want to be read on it. */
  attribution: string
}

/** Hosts of the same computer or network, of which plain http asks nobody outside. */
const nearHosts =
  /^(?:localhost|[a-z0-9-]+\.(?:local|lan|home\.arpa|internal)|127(?:\.\d+){3}|10(?:\.\d+){3}|192\.168(?:\.\d+){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2})$/

/** The address of one tile. */
export const tileUrl = (template: string, z: number, x: number, y: number): string =>
  template.replace('{z}', String(z)).replace('{x}', String(x)).replace('{y}', String(y))

/** What is wrong with an address of tiles. */
export type TileUrlFault = 'blanks' | 'address' | 'http'

/**
 * The origin that tiles come from, or what is wrong: each of `{z}`, `{x}` and `{y}` has to stand in it once, behind the host, without
 * a name or password; http is for the same network. The origin goes into the page's Content-Security-Policy as it is, so a host is of
 * letters, digits, dots and hyphens.
 */
export const readTileUrl = (template: string): { origin: string } | { fault: TileUrlFault } => {
  const blanks = [...template.matchAll(/\{[^}]*\}?/g)].map(([blank]) => blank).sort()
  if (blanks.join('') !== '{x}{y}{z}') return { fault: 'blanks' }
  const url = URL.parse(tileUrl(template, 1, 2, 3))
  const isPlain =
    url !== null &&
    template.length <= maxTileUrl &&
    /^[\x21-\x7e]+$/.test(template) &&
    /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/.test(url.hostname) &&
    url.username + url.password + url.hash === '' &&
    url.origin === URL.parse(tileUrl(template, 4, 5, 6))?.origin
  if (!isPlain || !['http:', 'https:'].includes(url.protocol)) return { fault: 'address' }
  if (url.protocol === 'http:' && !nearHosts.test(url.hostname)) return { fault: 'http' }
  return { origin: url.origin }
}

/** The origin of a server's tiles; null where there is none, or its address makes no sense. */
export const tileOrigin = (tiles: TileServer | null): string | null => {
  const read = tiles && readTileUrl(tiles.url)
  return read && 'origin' in read ? read.origin : null
}

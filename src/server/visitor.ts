import type { IncomingMessage } from 'node:http'
import { isIPv6 } from 'node:net'
import type { Proxies } from './proxies.ts'

/** Where the server stands. */
export interface Surroundings {
  proxies: Proxies
  /** The path that the gallery is below, between slashes. */
  base: string
}

/** Where a request comes from. */
export interface Visitor {
  /** As it is shown in the list of sessions. */
  address: string
  /**
   * What is counted as one network: an IPv4 address, or the 64 bits of an IPv6 address that a household or server has as one.
   */
  network: string
  /** From this computer itself, with no proxy between. */
  loopback: boolean
  /** The name and port that the browser asks for, as it wrote them. */
  host: string
  /** It asks over TLS. */
  secure: boolean
}

/** The first four groups of an IPv6 address, in the one way to write them; of another, the address itself. */
export const networkOf = (address: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped) return mapped
  const plain = address.replace(/%.*$/, '')
  if (!isIPv6(plain)) return address
  const [head = '', tail] = plain.split('::')
  const groups = (text: string) => text.split(':').filter(Boolean)
  const after = tail === undefined ? [] : groups(tail)
  // An IPv4 address at the end stands for two groups.
  const written = groups(head).length + after.length + (plain.includes('.') ? 1 : 0)
  const zeros = tail === undefined ? [] : Array<string>(8 - written).fill('0')
  const all = [...groups(head), ...zeros, ...after]
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}

const isLoopback = (address: string) => /^(::ffff:)?127\.\d+\.\d+\.\d+$/i.test(address) || address === '::1'

const header = (headers: IncomingMessage['headers'], name: string) => {
  const given = headers[name]
  return Array.isArray(given) ? given.join() : (given ?? null)
}

/** The address that the nearest proxy which is none of ours, or the client, has. Each proxy adds whom it was asked by at the end. */
const clientIn = (forwarded: string | null, { listed, trusts }: Proxies) => {
  const addresses = (forwarded ?? '').split(',').map((address) => address.trim())
  return (listed && addresses.findLast((address) => !trusts(address))) || addresses.at(-1) || null
}

/** What the first proxy was asked by comes first. */
const firstOf = (forwarded: string | null) => forwarded?.split(',')[0]?.trim() || null

/** Who asks, by what a proxy says of it where it is believed. */
export const visitorOf = ({ socket, headers }: IncomingMessage, { proxies }: Surroundings): Visitor => {
  const peer = socket.remoteAddress ?? ''
  const forwarded = header(headers, 'x-forwarded-for')
  const isProxy = proxies.trusts(peer)
  const address = ((isProxy && clientIn(forwarded, proxies)) || peer).slice(0, 64)
  // A proxy that the server was not told of shows itself by its header: those behind it are not at this computer.
  const loopback = !(isProxy && !proxies.listed) && forwarded === null && isLoopback(address)
  const named = isProxy && proxies.listed ? firstOf(header(headers, 'x-forwarded-host')) : null
  return {
    address,
    network: loopback ? 'loopback' : networkOf(address),
    loopback,
    host: named ?? headers.host ?? '',
    secure: isProxy && firstOf(header(headers, 'x-forwarded-proto')) === 'https',
  }
}

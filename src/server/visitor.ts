import type { IncomingMessage } from 'node:http'
import { isIPv6 } from 'node:net'

/** A reverse proxy in front says who asked, and whether over TLS; any other client could say so as well. */
export interface Surroundings {
  behindProxy: boolean
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

/** A reverse proxy in front tells the address of the client, as the last of those in X-Forwarded-For. */
export const visitorOf = ({ socket, headers }: IncomingMessage, { behindProxy }: Surroundings): Visitor => {
  const given = headers['x-forwarded-for']
  const header = Array.isArray(given) ? given.join() : (given ?? null)
  const forwarded = behindProxy ? header?.split(',').at(-1)?.trim() : undefined
  const address = (forwarded || socket.remoteAddress || '').slice(0, 64)
  // A proxy that the server was not told of shows itself by its header: those behind it are not at this computer.
  const loopback = !behindProxy && header === null && isLoopback(address)
  return { address, network: loopback ? 'loopback' : networkOf(address), loopback }
}

import { BlockList, isIP, isIPv6 } from 'node:net'
import { GalleryError } from '../shared/errors.ts'

/** Whom to believe about who asks: a reverse proxy in front, and no other client, which could say anything. */
export interface Proxies {
  /** Whether what comes from an address is a proxy's. */
  trusts: (address: string) => boolean
  /** The proxies are named one by one: what they say of the name that was asked for counts as well. */
  listed: boolean
}

const typeOf = (address: string) => (isIPv6(address) ? 'ipv6' : 'ipv4')

/** Two IPv4 addresses are one, however a socket writes them. */
const plainAddress = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '')

const addTo = (list: BlockList, text: string) => {
  const [address = '', bits, ...rest] = text.split('/')
  const most = isIPv6(address) ? 128 : 32
  const isSound = isIP(address) !== 0 && rest.length === 0 && (bits === undefined || /^\d{1,3}$/.test(bits))
  if (!isSound || Number(bits ?? 0) > most) throw new GalleryError('INVALID', 'badProxy', { address: text })
  list.addSubnet(address, Number(bits ?? most), typeOf(address))
}

/**
 * Reads addresses and networks, `10.0.0.0/8, ::1`, with commas between them. INVALID for what is none. `any`: every client is believed
 * where none is named, as one that a proxy alone can reach.
 */
export const readProxies = (text: string, any = false): Proxies => {
  const wanted = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
  if (wanted.length === 0) return { trusts: () => any, listed: false }
  const list = new BlockList()
  for (const part of wanted) addTo(list, part)
  const trusts = (address: string) => {
    const plain = plainAddress(address)
    return isIP(plain) !== 0 && list.check(plain, typeOf(plain))
  }
  return { trusts, listed: true }
}

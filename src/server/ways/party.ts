import { isIP } from 'node:net'
import { isLoopbackName } from '../hosts.ts'

/** What a passkey is for: a name, and the pages from which it may be used. */
export interface Party {
  id: string
  origins: string[]
}

/**
 * The party that a page belongs to, by the name that its browser asked for; null where browsers make no passkeys: for bare addresses. Over TLS, or
 * from this computer itself.
 */
export const partyOf = (host: string): Party | null => {
  const url = URL.parse(`https://${host}`)
  const id = url?.hostname ?? ''
  if (!url || id === '' || isIP(id.replace(/^\[|\]$/g, '')) !== 0) return null
  return {
    id,
    origins: [`https://${url.host}`, ...(isLoopbackName(id) ? [`http://${host.toLowerCase()}`] : [])],
  }
}

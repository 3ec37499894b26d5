import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Text, TextId } from '../../shared/i18n/text.ts'
import type { RedisAddress } from './address.ts'

/** What OpenSSL calls a certificate that it does not trust, and why. */
const certificates: Partial<Record<string, TextId>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tlsSelfSigned',
  SELF_SIGNED_CERT_IN_CHAIN: 'tlsUnknownAuthority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tlsUnknownAuthority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tlsUnknownAuthority',
  CERT_HAS_EXPIRED: 'tlsExpired',
  CERT_NOT_YET_VALID: 'tlsNotYetValid',
}

/** How long a server may take to greet, in milliseconds. */
const greetingTimeoutMs = 2000

type Node = RedisAddress['nodes'][number]

/** Whether a server greets as is hoped for; nothing secret is said to it. */
const greets = (socket: Socket, hoped: (yes: () => void) => void) =>
  new Promise<boolean>((resolve) => {
    const end = (speaks: boolean) => {
      resolve(speaks)
      socket.destroy()
    }
    hoped(() => end(true))
    for (const event of ['error', 'timeout', 'close']) socket.once(event, () => end(false))
    socket.setTimeout(greetingTimeoutMs)
  })

/** A certificate of whichever kind is enough to know that a server speaks TLS. */
const speaksTls = ({ host, port }: Node) => {
  const socket = connectTls({ host, port, rejectUnauthorized: false })
  return greets(socket, (yes) => socket.once('secureConnect', yes))
}

const speaksPlain = ({ host, port }: Node) => {
  const socket = connect({ host, port }, () => socket.write('PING\r\n'))
  return greets(socket, (yes) => socket.once('data', (bytes) => /^[+-]/.test(String(bytes)) && yes()))
}

const errorsWithin = function* (error: unknown): Generator<Error & { code?: string }> {
  if (!(error instanceof Error)) return
  yield error
  yield* errorsWithin((error as { lastNodeError?: unknown }).lastNodeError)
  yield* errorsWithin(error.cause)
}

const reasonOf = (code: string): Text | null => {
  const certificate = certificates[code]
  if (certificate) return { id: 'tlsUntrusted', blanks: { certificate: { id: certificate } } }
  return code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? { id: 'tlsOtherName' } : null
}

/** Why a connection failed that TLS is the reason of, and what to do; null where it is not. */
export const tlsRefusal = async (
  errors: unknown[],
  { tls, nodes: [node] }: RedisAddress,
): Promise<Text | null> => {
  const codes = errors.flatMap((error) => [...errorsWithin(error)]).map(({ code = '' }) => code)
  const reason = codes.map(reasonOf).find((found) => found !== null)
  if (reason) return reason
  // A server that is spoken to in the other way says nothing, or something that depends on the version of OpenSSL.
  const there = node && !codes.some((code) => code === 'ECONNREFUSED' || code === 'ENOTFOUND')
  if (!there) return null
  if (tls) return (await speaksPlain(node)) ? { id: 'tlsNotSpoken' } : null
  return (await speaksTls(node)) ? { id: 'tlsSpoken' } : null
}

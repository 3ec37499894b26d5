import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Text, TextId } from '../../shared/i18n/text.ts'
import type { RedisAddress } from './address.ts'

/** What OpenSSL calls a certificate that it does not trust, and why. */
const untrusted: Partial<Record<string, TextId>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tlsSelfSigned',
  SELF_SIGNED_CERT_IN_CHAIN: 'tlsUnknownAuthority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tlsUnknownAuthority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tlsUnknownAuthority',
  CERT_HAS_EXPIRED: 'tlsExpired',
  CERT_NOT_YET_VALID: 'tlsNotYetValid',
}

/** How a server ends a connection whose client's own certificate it misses or does not trust, and what is told of a key. */
const ownCertificate: [RegExp, TextId][] = [
  [/ALERT_(CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE)$/, 'tlsWantsCertificate'],
  [/ALERT_(UNKNOWN_CA|DECRYPT_ERROR|\w*CERTIFICATE\w*)$/, 'tlsDistrustsCertificate'],
  [/KEY_VALUES_MISMATCH$/, 'tlsOtherKey'],
  [/^ERR_OSSL_/, 'tlsUnreadable'],
]

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
    for (const event of ['error', 'timeout', 'close']) socket.on(event, () => end(false))
    socket.setTimeout(greetingTimeoutMs)
  })

/** A certificate of whichever kind is enough to know that a server speaks TLS. */
const speaksTls = ({ host, port }: Node) => {
  const socket = connectTls({ host, port, rejectUnauthorized: false })
  return greets(socket, (yes) => socket.once('secureConnect', yes))
}

/** The code with which TLS fails: that of a Sentinel is in none of the errors. Servers ask for a certificate after their greeting. */
const codeOfTls = ({ host, port }: Node, certificates: RedisAddress['certificates']) =>
  new Promise<string>((resolve) => {
    try {
      const socket = connectTls({ host, port, ...certificates }, () => socket.write('PING\r\n'))
      const end = (code = '') => {
        resolve(code)
        socket.destroy()
      }
      socket.on('error', (error: NodeJS.ErrnoException) => end(error.code))
      for (const event of ['data', 'close', 'timeout']) socket.once(event, () => end())
      socket.setTimeout(greetingTimeoutMs)
    } catch (error) {
      resolve((error as NodeJS.ErrnoException).code ?? '')
    }
  })

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
  const certificate = untrusted[code]
  if (certificate) return { id: 'tlsUntrusted', blanks: { certificate: { id: certificate } } }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return { id: 'tlsOtherName' }
  const [, id] = ownCertificate.find(([pattern]) => pattern.test(code)) ?? []
  return id ? { id } : null
}

/** Why a connection failed that TLS is the reason of, and what to do; null where it is not. */
export const tlsRefusal = async (
  errors: unknown[],
  { tls, nodes: [node], certificates }: RedisAddress,
): Promise<Text | null> => {
  const codes = errors.flatMap((error) => [...errorsWithin(error)]).map(({ code = '' }) => code)
  const reason = codes.map(reasonOf).find((found) => found !== null)
  if (reason) return reason
  // A server that is spoken to in the other way says nothing, or something that depends on the version of OpenSSL.
  const there = node && !codes.some((code) => code === 'ECONNREFUSED' || code === 'ENOTFOUND')
  if (!there) return null
  if (tls)
    return (await speaksPlain(node)) ? { id: 'tlsNotSpoken' } : reasonOf(await codeOfTls(node, certificates))
  return (await speaksTls(node)) ? { id: 'tlsSpoken' } : null
}

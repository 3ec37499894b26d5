/** What OpenSSL calls a certificate that it does not trust, and why. */
const certificates: Partial<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'signed by an authority that this computer does not know',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'signed by an authority that this computer does not know',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'signed by an authority that this computer does not know',
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'not valid yet',
}

const errorsWithin = function* (error: unknown): Generator<Error & { code?: string }> {
  if (!(error instanceof Error)) return
  yield error
  yield* errorsWithin((error as { lastNodeError?: unknown }).lastNodeError)
  yield* errorsWithin(error.cause)
}

const reasonOf = ({ code = '', message }: Error & { code?: string }, tls: boolean): string | null => {
  const certificate = certificates[code]
  if (certificate)
    return (
      `its TLS certificate is ${certificate}. Have NODE_EXTRA_CA_CERTS name the file of the authority's certificate, ` +
      'or give Redis a certificate that this computer trusts.'
    )
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return 'its TLS certificate is for another name. Put the name that the certificate has into CIMAISE_REDIS_URL.'
  if (
    tls &&
    /wrong version number|packet length too long|EPROTO|before secure TLS connection/i.test(
      `${code} ${message}`,
    )
  )
    return 'it does not speak TLS there, as rediss:// asks for. Write redis://, or name the TLS port.'
  // The first byte of a TLS alert.
  if (!tls && message.startsWith(`Protocol error, got ${JSON.stringify('\u0015')}`))
    return 'it speaks TLS there. Write rediss:// in CIMAISE_REDIS_URL.'
  return null
}

/** Why a connection failed over TLS, and what to do; null where that is not why. */
export const tlsRefusal = (errors: unknown[], tls: boolean): string | null => {
  for (const error of errors)
    for (const one of errorsWithin(error)) {
      const reason = reasonOf(one, tls)
      if (reason) return reason
    }
  return null
}

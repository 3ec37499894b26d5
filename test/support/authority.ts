/** An authority of a test's own, with certificates for servers and clients. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from './temporary.ts'

const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore' })
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

/** Whether this machine has openssl, which makes the certificates. */
export const hasOpenssl = (): boolean => {
  try {
    return execFileSync('openssl', ['version']).length > 0
  } catch {
    return false
  }
}

/** The files of a certificate and its key. */
export interface Pair {
  cert: string
  key: string
}

/** Makes an authority. `issue`: a certificate of it, for servers at 127.0.0.1 and for clients. */
export const makeAuthority = (name: string): { ca: string; issue: (subject: string) => Pair } => {
  const folder = temporaryFolder('cimaise-authority-')
  const file = (end: string) => join(folder, end)
  const [ca, caKey] = [file('ca.crt'), file('ca.key')]
  openssl('req', '-x509', ...newKey, '-days', '2', '-subj', `/CN=${name}`, '-keyout', caKey, '-out', ca)
  writeFileSync(file('names'), 'subjectAltName=IP:127.0.0.1,DNS:localhost\n')
  return {
    ca,
    issue: (subject) => {
      const [cert, key, request] = [file(`${subject}.crt`), file(`${subject}.key`), file(`${subject}.csr`)]
      openssl('req', ...newKey, '-subj', `/CN=${subject}`, '-keyout', key, '-out', request)
      const signing = ['-CA', ca, '-CAkey', caKey, '-CAcreateserial', '-days', '2', '-extfile', file('names')]
      openssl('x509', '-req', '-in', request, ...signing, '-out', cert)
      return { cert, key }
    },
  }
}

import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { GalleryError } from '../../shared/errors.ts'
import type { CertificateFile, CertificateKind, CertificatePaths } from '../../shared/schemas/place.ts'
import type { RedisAddress } from '../../core/redis/address.ts'

/** No certificate or bundle of authorities is larger, in bytes. */
const maxBytes = 1024 * 1024

const kinds = ['ca', 'cert', 'key'] as const satisfies CertificateKind[]

const readSmallFile = (file: string): string => {
  try {
    const found = statSync(file)
    // Reading what is no file, as a pipe, might never end.
    if (found.isFile() && found.size <= maxBytes) return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new GalleryError('INVALID', 'certificateGone', { file }, { cause })
  }
  throw new GalleryError('INVALID', 'noCertificate', { file })
}

const parsed = <T>(file: string, id: 'noCertificate' | 'noPrivateKey', parse: () => T): T => {
  try {
    return parse()
  } catch (cause) {
    throw new GalleryError('INVALID', id, { file }, { cause })
  }
}

/** The name in a certificate's subject, as `CN=…` has it, or else all of the subject on one line. */
const nameOf = ({ subject }: X509Certificate) =>
  /^CN=(.*)$/m.exec(subject)?.[1] ?? subject.replaceAll('\n', ', ')

/** Reads a file that has to be a certificate, or a key without passphrase. INVALID where it is none. */
export const readCertificate = (
  kind: CertificateKind,
  path: string,
): { pem: string; about: CertificateFile } => {
  const pem = readSmallFile(path)
  if (kind === 'key') {
    parsed(path, 'noPrivateKey', () => createPrivateKey(pem))
    return { pem, about: { path, name: '', until: null } }
  }
  const about = parsed(path, 'noCertificate', () => {
    const certificate = new X509Certificate(pem)
    return { path, name: nameOf(certificate), until: new Date(certificate.validTo).toISOString() }
  })
  return { pem, about }
}

/** The texts of files, as a connection takes them. INVALID for files that are none, and for one without its other half. */
export const certificatesIn = (files: CertificatePaths): NonNullable<RedisAddress['certificates']> => {
  if ((files.cert === null) !== (files.key === null)) throw new GalleryError('INVALID', 'certificateAlone')
  return Object.fromEntries(
    kinds.flatMap((kind) => {
      const path = files[kind]
      return path === null ? [] : [[kind, readCertificate(kind, path).pem]]
    }),
  )
}

/** Files as they are shown; of one that is not there any more only where it was. */
export const aboutFiles = (files: CertificatePaths): Record<CertificateKind, CertificateFile | null> => {
  const about = (kind: CertificateKind): CertificateFile | null => {
    const path = files[kind]
    if (path === null) return null
    try {
      return readCertificate(kind, path).about
    } catch {
      return { path, name: '', until: null }
    }
  }
  return { ca: about('ca'), cert: about('cert'), key: about('key') }
}

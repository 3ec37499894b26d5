import { hkdfSync } from 'node:crypto'
import { onDisk } from '../redis/server/files.ts'
import { makeOnce, newKey, readSecret } from '../redis/server/secrets.ts'

/** The key of a data folder that seals what browsers keep. */
const secretFile = 'sessions.key'

/** What the secrets of the program itself come from. */
interface Sources {
  /** The data folder. */
  path: string
  galleryId: string
  /** The password of the program's account, which all servers of a gallery know; undefined elsewhere. */
  shared: string | undefined
}

/** 32 bytes for one purpose, from what all servers of a gallery share, else from a key in the data folder. */
export const secretFor = ({ path, galleryId, shared }: Sources, purpose: string): Buffer => {
  if (shared === undefined) onDisk(path, () => makeOnce(path, secretFile, newKey()))
  return Buffer.from(hkdfSync('sha256', shared ?? readSecret(path, secretFile), galleryId, purpose, 32))
}

/** The key that a service account logs in with: the same on all servers of a gallery, else one that is kept in the data folder. */
export const serviceKey = (sources: Sources, account: string): string => {
  const { path, shared } = sources
  if (shared !== undefined) return secretFor(sources, `service account ${account}`).toString('hex')
  return onDisk(path, () => makeOnce(path, `${account}.key`, newKey())).trim()
}

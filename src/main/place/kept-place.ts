import { z } from 'zod'
import { AccountName } from '../../shared/schemas/ids.ts'
import { CertificatePaths } from '../../shared/schemas/place.ts'
import { openStore } from '../open-store.ts'

/** A gallery on a server, as this computer has joined it. No secret is in it: the login's key is in the keychain. */
const Joined = z.object({
  url: z.string(),
  /** Its id. */
  gallery: z.string(),
  account: AccountName,
  files: CertificatePaths,
})

export type Joined = z.infer<typeof Joined>

/** Where the app finds its gallery. */
interface Kept {
  /** The gallery that was joined last; null where none was. */
  joined: Joined | null
  /** The app starts in it. */
  starts: boolean
}

const open = () =>
  openStore<{ joined: unknown; starts: unknown }>('place', {
    configFileMode: 0o600,
    defaults: { joined: null, starts: false },
  })

/** What is kept. A file that was damaged is as if nothing had been joined. */
export const keptPlace = (): Kept => {
  const { joined, starts } = open().store
  const known = Joined.safeParse(joined).data ?? null
  return { joined: known, starts: known !== null && starts === true }
}

/** The app starts in a gallery on a server from now on. */
export const keepJoined = (joined: Joined): void => {
  open().store = { joined, starts: true }
}

/** The app starts in this computer's own gallery from now on; the way to the other one is kept. */
export const keepHere = (): void => {
  open().store = { ...keptPlace(), starts: false }
}

/** The environment says where the gallery is, as for a server: nothing is chosen here then. */
export const isPlaceFixed = (): boolean => Boolean(process.env['CIMAISE_REDIS_URL'])

/** The files that the environment names for TLS; none where it does not say where the gallery is. */
export const fixedFiles = (): CertificatePaths => {
  const fileOf = (name: string) => (isPlaceFixed() ? process.env[name] : undefined) ?? null
  return {
    ca: fileOf('CIMAISE_REDIS_CA'),
    cert: fileOf('CIMAISE_REDIS_CERT'),
    key: fileOf('CIMAISE_REDIS_KEY'),
  }
}

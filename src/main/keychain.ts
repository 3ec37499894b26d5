import { safeStorage } from 'electron'
import Store from 'electron-store'

/** What this computer keeps of the accounts that use one gallery on it. */
interface Kept {
  /** Who is logged in when the app starts; null: the owner, or the account that the environment names. */
  account: string | null
  /** Those who have logged in here, the last one first. */
  known: string[]
  /** Login keys that users wanted to be kept, as the system's keychain encrypted them, in base64. */
  keys: Record<string, string>
  /** The account that the folders of this computer are followed as. */
  feeder: string | null
}

const nothing: Kept = { account: null, known: [], keys: {}, feeder: null }
/** Accounts that are offered at the next login. */
const maxAccountsKept = 12

const open = () =>
  new Store<Record<string, Kept>>({ name: 'people', clearInvalidConfig: true, configFileMode: 0o600 })

/** What is kept of the accounts of one gallery. A file that was damaged is as if nothing was. */
export class Keychain {
  readonly #gallery: string
  readonly #store = open()

  constructor(gallery: string) {
    this.#gallery = gallery
  }

  get kept(): Kept {
    const kept = this.#store.get(this.#gallery) as Partial<Kept> | undefined
    return { ...nothing, ...kept }
  }

  #keep(change: Partial<Kept>) {
    this.#store.set(this.#gallery, { ...this.kept, ...change })
  }

  /** Whether the system has somewhere to keep a secret. On Linux `basic_text` is none: its key is no secret. */
  canRemember = async (): Promise<boolean> => {
    if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return false
    return safeStorage.isAsyncEncryptionAvailable().catch(() => false)
  }

  /** Notes who is logged in, and their key where they wanted that. */
  note = async (account: string | null, key: string | null) => {
    const { known, keys } = this.kept
    const others = account === null ? known : [account, ...known.filter((name) => name !== account)]
    const kept = { ...keys }
    if (account !== null && key !== null)
      kept[account] = (await safeStorage.encryptStringAsync(key)).toString('base64')
    this.#keep({ account, known: others.slice(0, maxAccountsKept), keys: kept })
  }

  /** The key of an account that was kept; null where there is none, or this system cannot read it any more. */
  keyOf = async (account: string): Promise<string | null> => {
    const encrypted = this.kept.keys[account]
    if (!encrypted) return null
    try {
      return (await safeStorage.decryptStringAsync(Buffer.from(encrypted, 'base64'))).result
    } catch {
      return null
    }
  }

  forget(account: string) {
    const keys = Object.entries(this.kept.keys).filter(([name]) => name !== account)
    this.#keep({ keys: Object.fromEntries(keys) })
  }

  /** The account that the folders are followed as: the first that was asked for. */
  feederOr(account: string): string {
    const feeder = this.kept.feeder ?? account
    this.#keep({ feeder })
    return feeder
  }
}

import { safeStorage } from 'electron'
import { openStore } from './open-store.ts'

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
  /** What its Sentinels ask for, encrypted as the keys are. */
  sentinels: string | null
}

const nothing: Kept = { account: null, known: [], keys: {}, feeder: null, sentinels: null }
/** Passwords of Sentinels that the system has nowhere to keep, by gallery: they are known until the app ends. */
const sentinelsUntilEnd = new Map<string, string>()

const encrypted = async (secret: string) => (await safeStorage.encryptStringAsync(secret)).toString('base64')

/** Null where there is none, or this system cannot read it any more. */
const decrypted = async (kept: string | null | undefined): Promise<string | null> => {
  if (!kept) return null
  try {
    return (await safeStorage.decryptStringAsync(Buffer.from(kept, 'base64'))).result
  } catch {
    return null
  }
}

/** Accounts that are offered at the next login. */
const maxAccountsKept = 12

const open = () => openStore<Record<string, Kept>>('people', { configFileMode: 0o600 })

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
    if (account !== null && key !== null) kept[account] = await encrypted(key)
    this.#keep({ account, known: others.slice(0, maxAccountsKept), keys: kept })
  }

  /** The key of an account that was kept; null where there is none, or this system cannot read it any more. */
  keyOf = (account: string): Promise<string | null> => decrypted(this.kept.keys[account])

  /** Notes what the Sentinels of the gallery ask for: no login of a person, so that nobody is asked whether it is to be kept. */
  noteSentinels = async (password: string) => {
    const keeps = password !== '' && (await this.canRemember())
    this.#keep({ sentinels: keeps ? await encrypted(password) : null })
    sentinelsUntilEnd.set(this.#gallery, keeps ? '' : password)
  }

  /** What the Sentinels of the gallery ask for; empty where nothing is known of it. */
  sentinelPassword = async (): Promise<string> =>
    sentinelsUntilEnd.get(this.#gallery) || ((await decrypted(this.kept.sentinels)) ?? '')

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

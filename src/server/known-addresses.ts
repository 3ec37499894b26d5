import { createHmac, randomBytes } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeWhole } from '../core/redis/server/files.ts'
import { AccountName } from '../shared/schemas/ids.ts'
import { ShareName } from '../shared/schemas/ids.ts'

const fileName = 'known-addresses.json'
/** Networks that are remembered of one account. */
export const maxPerAccount = 20
const maxInAll = 5000
/** More than the largest file that is ever written, in bytes. */
const maxFileSize = 2 * 1024 * 1024
/** An address is forgotten when no account has logged in from it for so many days. */
export const maxAgeDays = 180
const dayMs = 24 * 60 * 60 * 1000

const Entry = z.tuple([z.union([AccountName, ShareName]), z.hex().length(32), z.int().min(0)])
const Stored = z.object({ salt: z.hex().length(32), known: z.array(Entry).max(maxInAll) })

type Entry = z.infer<typeof Entry>

/** From which networks each account has logged in before. */
export interface AddressBook {
  has: (account: string, network: string) => boolean | Promise<boolean>
  /** To be called after a login that succeeded, and never before. */
  remember: (account: string, network: string) => void | Promise<void>
}

/**
 * From which networks each account has logged in before, kept over restarts in the data folder. Digests only, as addresses
 * tell where users live. The newest stand last. What the file holds is believed only as far as it is of this shape; that
 * it cannot be read or written costs nothing but the memory of it.
 */
export class KnownAddresses implements AddressBook {
  readonly #home: string
  #salt = randomBytes(16).toString('hex')
  #entries = new Map<string, Entry>()

  constructor(home: string) {
    this.#home = home
    this.#read()
  }

  has(account: string, network: string): boolean {
    const entry = this.#entries.get(this.#keyOf(account, network))
    return entry !== undefined && !isOld(entry)
  }

  remember(account: string, network: string) {
    const digest = this.#digest(account, network)
    const key = `${account} ${digest}`
    const today = thisDay()
    if (this.#entries.get(key)?.[2] === today) return
    this.#entries.delete(key)
    this.#entries.set(key, [account, digest, today])
    this.#makeRoom(account)
    this.#write()
  }

  #digest(account: string, network: string) {
    return networkDigest(this.#salt, account, network)
  }

  #keyOf(account: string, network: string) {
    return `${account} ${this.#digest(account, network)}`
  }

  #makeRoom(account: string) {
    for (const [key, entry] of this.#entries) if (isOld(entry)) this.#entries.delete(key)
    const own = [...this.#entries].filter(([, [name]]) => name === account)
    for (const [key] of own.slice(0, Math.max(0, own.length - maxPerAccount))) this.#entries.delete(key)
    for (const key of this.#entries.keys()) {
      if (this.#entries.size <= maxInAll) break
      this.#entries.delete(key)
    }
  }

  #read() {
    try {
      const file = join(this.#home, fileName)
      const stats = statSync(file)
      if (!stats.isFile() || stats.size > maxFileSize) return
      const { salt, known } = Stored.parse(JSON.parse(readFileSync(file, 'utf8')))
      this.#salt = salt
      this.#entries = new Map(known.map((entry) => [`${entry[0]} ${entry[1]}`, entry]))
    } catch {
      // none yet, or not ours: it begins anew
    }
  }

  #write() {
    try {
      const known = [...this.#entries.values()]
      writeWhole(this.#home, fileName, JSON.stringify({ salt: this.#salt, known }))
    } catch {
      // It is remembered in memory all the same.
    }
  }
}

/** What is kept of a network that an account logged in from, as addresses tell where users live. */
export const networkDigest = (secret: string | Buffer, account: string, network: string): string =>
  createHmac('sha256', secret).update(`${account}\n${network}`).digest('hex').slice(0, 32)

/** Days since 1970. */
export const thisDay = () => Math.floor(Date.now() / dayMs)

export const isOldDay = (day: number) => day > thisDay() + 1 || thisDay() - day > maxAgeDays

const isOld = ([, , day]: Entry) => isOldDay(day)

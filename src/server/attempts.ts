import type { RateLimiterAbstract } from 'rate-limiter-flexible'
import type { AddressBook } from './known-addresses.ts'
import { limitInMemory, type MakeLimit } from './login-limits.ts'
import type { Visitor } from './visitor.ts'

/** Wrong logins that are let pass for one account from one address, within `seconds`. */
const maxPerPair = 10
/** The same from one address, whatever the account. */
const maxPerAddress = 30
/** The same for one account, from all addresses together that it has not logged in from before. */
const maxPerAccount = 100
/** Wrong codes of one account whose password was right, from all addresses together, within `codeSeconds`: of a million codes three count. */
const maxCodes = 10
const codeSeconds = 3600

/**
 * Slows down clients that guess passwords: the same for names that exist and names that do not. An account is not locked out
 * by others: guesses from elsewhere do not count where it has logged in before, nor on this computer itself.
 */
export class Attempts {
  readonly #pairs: RateLimiterAbstract
  readonly #addresses: RateLimiterAbstract
  readonly #accounts: RateLimiterAbstract
  readonly #codes: RateLimiterAbstract
  readonly #known: AddressBook

  constructor(known: AddressBook, makeLimit: MakeLimit = limitInMemory) {
    this.#known = known
    this.#pairs = makeLimit('pair', maxPerPair)
    this.#addresses = makeLimit('address', maxPerAddress)
    this.#accounts = makeLimit('account', maxPerAccount)
    this.#codes = makeLimit('code', maxCodes, codeSeconds)
  }

  /**
   * Counts an attempt before it is made, so that many at once are no way round. Returns how long to wait, in seconds; 0
   * where it may be made. An attempt that one limit refuses does not count for the next.
   */
  async begin(account: string, visitor: Visitor): Promise<number> {
    for (const [limit, key] of await this.#limits(account, visitor)) {
      const wait = await take(limit, key)
      if (wait > 0) return wait
    }
    return 0
  }

  /** It was no guess: the password was right. From then on the account is known at this address. */
  async succeed(account: string, visitor: Visitor): Promise<void> {
    await this.takeBack(account, visitor)
    await this.#pairs.delete(pairOf(account, visitor))
    await this.#known.remember(account, visitor.network)
  }

  /** It was not looked at: Redis could not say whether the password was right. */
  async takeBack(account: string, visitor: Visitor): Promise<void> {
    const limits = await this.#limits(account, visitor)
    await Promise.all(limits.map(([limit, key]) => limit.reward(key)))
  }

  /** Counts a code before it is looked at, as above. */
  beginCode(account: string): Promise<number> {
    return take(this.#codes, account)
  }

  /** The code was right. */
  async endCode(account: string): Promise<void> {
    await this.#codes.delete(account)
  }

  /** Those of the address come first: what it is refused there leaves nothing in memory for each name that it tries. */
  async #limits(account: string, visitor: Visitor): Promise<[RateLimiterAbstract, string][]> {
    const pair: [RateLimiterAbstract, string] = [this.#pairs, pairOf(account, visitor)]
    if (visitor.loopback || (await this.#known.has(account, visitor.network))) return [pair]
    return [[this.#addresses, visitor.network], pair, [this.#accounts, account]]
  }
}

const pairOf = (account: string, { network }: Visitor) => `${account} ${network}`

const take = async (limit: RateLimiterAbstract, key: string): Promise<number> => {
  try {
    await limit.consume(key)
    return 0
  } catch (refused) {
    return Math.ceil((refused as { msBeforeNext: number }).msBeforeNext / 1000)
  }
}

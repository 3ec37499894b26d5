import { RateLimiterMemory } from 'rate-limiter-flexible'

/** Wrong logins that are let pass for one account, and from one address, in so many seconds. */
const perAccount = { points: 10, duration: 300 }
const perAddress = { points: 30, duration: 300 }

/** Slows down whoever guesses passwords: the same for names that exist and names that do not. */
export class Attempts {
  readonly #accounts = new RateLimiterMemory({ ...perAccount, keyPrefix: 'account' })
  readonly #addresses = new RateLimiterMemory({ ...perAddress, keyPrefix: 'address' })

  /**
   * Counts an attempt before it is made, so that many at once are no way round. Returns how long to wait, in seconds; 0 where
   * it may be made.
   */
  async begin(account: string, address: string): Promise<number> {
    const waits = await Promise.all([take(this.#accounts, account), take(this.#addresses, address)])
    return Math.max(...waits)
  }

  /** It was no guess. */
  async succeed(account: string, address: string): Promise<void> {
    await Promise.all([this.#accounts.delete(account), this.#addresses.reward(address)])
  }
}

const take = async (limiter: RateLimiterMemory, key: string): Promise<number> => {
  try {
    await limiter.consume(key)
    return 0
  } catch (refused) {
    return Math.ceil((refused as { msBeforeNext: number }).msBeforeNext / 1000)
  }
}

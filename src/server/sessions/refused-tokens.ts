/** How long a token that was refused is not tried again, in milliseconds. */
const refusedMs = 60_000
const maxTokens = 1000

/** Tokens whose session is over: each would cost a login in vain at every request that still brings it. */
export class RefusedTokens {
  readonly #until = new Map<string, number>()

  has(token: string): boolean {
    return (this.#until.get(token) ?? 0) > performance.now()
  }

  add(token: string) {
    this.#until.delete(token)
    this.#until.set(token, performance.now() + refusedMs)
    const [oldest] = this.#until.keys()
    if (this.#until.size > maxTokens && oldest !== undefined) this.#until.delete(oldest)
  }
}

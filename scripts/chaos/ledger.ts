import type { Outcome } from './client.ts'

/** What was acknowledged, and what may have been made besides. */
export class Ledger {
  readonly #values = new Map<string, Set<string>>()
  readonly refused: string[] = []
  acknowledged = 0
  unknown = 0
  done = 0
  #lastSuccess = performance.now()
  /** The longest time without any change that was acknowledged, since `beginFault`, in milliseconds. */
  #longest = 0

  /** A change was acknowledged: whatever it may have been before, it is this now. */
  made(what: string, value: string) {
    this.#values.set(what, new Set([value]))
  }

  /** Nobody knows whether a change was made. */
  maybe(what: string, value: string) {
    const values = this.#values.get(what) ?? new Set(['as it began'])
    this.#values.set(what, values.add(value))
  }

  values(what: string): string[] {
    return [...(this.#values.get(what) ?? [])].filter((value) => value !== 'as it began')
  }

  /** What each thing may be in the end. */
  get all(): [string, Set<string>][] {
    return [...this.#values]
  }

  counted(outcome: Outcome<unknown>) {
    if (outcome.how === 'refused') this.refused.push(outcome.why)
    else if (outcome.how === 'unknown') this.unknown++
    else {
      if (outcome.how === 'done') this.done++
      this.acknowledged++
      const now = performance.now()
      this.#longest = Math.max(this.#longest, now - this.#lastSuccess)
      this.#lastSuccess = now
    }
  }

  beginFault() {
    this.#longest = 0
  }

  /** The longest time without an acknowledged change since the fault began, in milliseconds. */
  outage(): number {
    return Math.max(this.#longest, performance.now() - this.#lastSuccess)
  }
}

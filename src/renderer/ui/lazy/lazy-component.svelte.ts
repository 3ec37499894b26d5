import type { Component } from 'svelte'

/** A component whose code comes when it is wanted first, and is there at once from then on. */
export class LazyComponent<Props extends Record<string, unknown>> {
  #component = $state.raw<Component<Props> | null>(null)
  #failed = $state(false)
  #coming: Promise<void> | null = null
  readonly #load: () => Promise<Component<Props>>

  /** @param load Takes the component from a dynamic import, which makes a file of its own of it. */
  constructor(load: () => Promise<Component<Props>>) {
    this.#load = load
  }

  /** Null until its code is there. */
  get component() {
    return this.#component
  }

  /** Its code could not be had: the server is away, or has another version by now. */
  get failed() {
    return this.#failed
  }

  /** Asks for the code, once; where that failed before, again. Never rejects. */
  load(): Promise<void> {
    // What it says may be among the texts that come later.
    this.#coming ??= Promise.all([this.#load(), import('../../i18n/later.ts')]).then(
      ([component]) => {
        this.#component = component
        this.#failed = false
      },
      () => {
        this.#failed = true
        this.#coming = null
      },
    )
    return this.#coming
  }
}

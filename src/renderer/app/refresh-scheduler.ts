/** What may have changed since it was read. */
export interface Stale {
  session: boolean
  albums: boolean
  collections: boolean
  tags: boolean
  /** The photos of the view: `arrivals` where all that happened is that some came by themselves, which may wait for a hand. */
  view: 'now' | 'arrivals'
}

/** Changes that come in quick succession are shown together, after this many milliseconds. */
export const refreshDebounceMs = 120
/** After so many milliseconds the gallery is asked again what it did not answer. */
const retryDelayMs = 2000

const nothing: Stale = { session: false, albums: false, collections: false, tags: false, view: 'arrivals' }

const both = (a: Stale, b: Stale): Stale => ({
  session: a.session || b.session,
  albums: a.albums || b.albums,
  collections: a.collections || b.collections,
  tags: a.tags || b.tags,
  view: a.view === 'now' || b.view === 'now' ? 'now' : 'arrivals',
})

/** Reads again what has changed: one refresh at a time, or a busy library would never let one end. */
export class RefreshScheduler {
  readonly #read: (stale: Stale) => Promise<void>
  #stale: Stale | null = null
  #planned = false

  constructor(read: (stale: Stale) => Promise<void>) {
    this.#read = read
  }

  /** What is heard while a refresh runs is read after it. */
  plan(stale: Stale, wait: number) {
    this.#stale = both(stale, this.#stale ?? nothing)
    if (!this.#planned) setTimeout(() => void this.#refresh(), wait)
    this.#planned = true
  }

  async #refresh() {
    const stale = this.#stale ?? nothing
    this.#stale = null
    const read = await this.#read(stale).then(
      () => true,
      () => false, // whatever it was, the cure is to ask again
    )
    this.#planned = false
    if (!read) this.plan(stale, retryDelayMs)
    // oxlint-disable-next-line typescript/no-unnecessary-condition -- it changes while this waits
    else if (this.#stale) this.plan(this.#stale, refreshDebounceMs)
  }
}

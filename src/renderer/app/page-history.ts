import type { Anchor } from '../grid/photo-view.svelte.ts'

/** What an entry of the window's history keeps besides its address. */
export interface Entry {
  /** What is shown, as the address has it: the only place for it in the desktop window, which has no address. */
  query?: string
  /** A photo was opened here from the grid, which is one step back. */
  opened?: boolean
  /** The index of the open photo when it was looked at last: where to look for it first. */
  index?: number
  /** Where the grid came to rest. */
  anchor?: Anchor | null
  /** Where the map stood: its middle, as parts of the world, and its zoom. */
  map?: { x: number; y: number; zoom: number }
}

/** The address of an open photo follows a hand that leafs after so many milliseconds: browsers refuse hundreds in a row. */
const leafingDelayMs = 250

/** Only a browser has an address that users see and share. */
const hasAddress = () => window.desktop === undefined

const urlOf = (query: string) => (query === '' ? window.location.pathname : `?${query}`)

/** The history of the window, whose steps back and forward the browser or the desktop's keys go. */
export class PageHistory {
  /** A step back is on its way, which ends with an event: what is written meanwhile waits for it. */
  #returning = false
  #late: (() => void)[] = []
  #leafing: ReturnType<typeof setTimeout> | undefined

  /** What the entry that is shown keeps. */
  get entry(): Entry {
    return (window.history.state as Entry | null) ?? {}
  }

  /** What is shown, as a query without `?`. */
  get query(): string {
    return hasAddress() ? window.location.search.slice(1) : (this.entry.query ?? '')
  }

  push(query: string, entry: Entry = {}) {
    this.#write('pushState', query, entry)
  }

  replace(query: string, entry: Entry = {}) {
    this.#write('replaceState', query, entry)
  }

  /** As `replace`, once the user has stopped for a moment. */
  replaceSoon(query: string, entry: Entry) {
    clearTimeout(this.#leafing)
    this.#leafing = setTimeout(() => this.replace(query, entry), leafingDelayMs)
  }

  /** Keeps something more with the entry that is shown, whose address stays as it is. */
  note(more: Entry) {
    if (this.#returning) return
    window.history.replaceState({ ...this.entry, ...more }, '')
  }

  /** One step back, to an entry that looks as the window does already: nobody is told. */
  back() {
    clearTimeout(this.#leafing)
    this.#returning = true
    window.history.back()
  }

  /** Tells of every step that the user goes back or forward, until the way to stop, which it returns, is taken. */
  follow(onstep: () => void) {
    const onpopstate = () => {
      clearTimeout(this.#leafing)
      if (!this.#returning) {
        onstep()
        return
      }
      this.#returning = false
      for (const write of this.#late.splice(0)) write()
    }
    window.addEventListener('popstate', onpopstate)
    return () => {
      clearTimeout(this.#leafing)
      window.removeEventListener('popstate', onpopstate)
    }
  }

  #write(how: 'pushState' | 'replaceState', query: string, entry: Entry) {
    if (this.#returning) {
      this.#late.push(() => this.#write(how, query, entry))
      return
    }
    clearTimeout(this.#leafing)
    window.history[how]({ ...entry, query }, '', hasAddress() ? urlOf(query) : undefined)
  }
}

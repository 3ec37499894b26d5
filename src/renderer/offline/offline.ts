import type { SessionInfo } from '../../shared/schemas/gallery.ts'
import worker from './service-worker.ts?worker&url'
import { forgetThumbs, isAsset, isThumb, type Told } from './kept.ts'

/** What was seen is told in heaps, each after so many milliseconds: nothing of it is in a hurry. */
const heapMs = 5000

/** Only browsers have a service worker, and only on pages that came encrypted or from this computer. */
const isPossible = () => window.desktop === undefined && 'serviceWorker' in navigator

const tell = async (told: Told) => {
  const { active } = await navigator.serviceWorker.ready
  active?.postMessage(told)
}

/** Has the page and the thumbnails that were seen kept for when there is no connection. */
export class Offline {
  #who: string | null = null
  readonly #seen = new Set<string>()
  #waiting = false

  /** Begins with the first session, and follows who it is. What another account has seen is forgotten. */
  follow(session: SessionInfo | null) {
    if (!session || !isPossible()) return
    const who = `${session.gallery.id}:${session.account}`
    if (who === this.#who) return
    if (this.#who === null) this.#start()
    else this.#seen.clear()
    this.#who = who
    void tell({ kind: 'who', who })
  }

  #start() {
    // A browser that refuses, as in a private window, goes on without.
    navigator.serviceWorker.register(worker).catch(() => undefined)
    const observer = new PerformanceObserver((list) => this.#see(list.getEntries()))
    observer.observe({ type: 'resource', buffered: true })
  }

  #see(entries: PerformanceEntry[]) {
    for (const { name } of entries) {
      const { origin, pathname } = new URL(name)
      if (origin === window.location.origin && (isAsset(pathname) || isThumb(pathname)))
        this.#seen.add(pathname)
    }
    if (this.#seen.size === 0 || this.#waiting) return
    this.#waiting = true
    setTimeout(() => this.#pass(), heapMs)
  }

  #pass() {
    this.#waiting = false
    const paths = [...this.#seen]
    this.#seen.clear()
    if (this.#who !== null) void tell({ kind: 'seen', who: this.#who, paths })
  }
}

/** Forgets the thumbnails that were seen, as whoever logs out leaves none of them behind. */
export const forgetSeen = async () => {
  if ('caches' in window) await forgetThumbs()
}

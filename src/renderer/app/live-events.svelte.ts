import { createContext } from 'svelte'
import type { GalleryEvent } from '../../shared/schemas/event.ts'
import type { Client } from '../api/client.ts'
import { mayNotify } from '../outside/notification-permission.ts'
import { preferences } from './preferences.svelte.ts'

const retryDelaysSeconds = [1, 2, 4, 8, 15]

/**
 * The one stream of events of this window. It comes back by itself; while it is away, `nextTry` counts the seconds. A
 * window that is hidden lets go of it, as a browser has few connections, and reads everything again afterwards; but for one that tells
 * of news outside of it.
 */
export class EventStream {
  readonly #client: Client
  readonly #onevent: (event: GalleryEvent) => void
  #nextTry = $state<number | null>(null)
  #stop = new AbortController()
  #wake: () => void = () => undefined

  constructor(client: Client, onevent: (event: GalleryEvent) => void) {
    this.#client = client
    this.#onevent = onevent
  }

  /** Seconds until the next try; null while the stream flows. */
  get nextTry() {
    return this.#nextTry
  }

  start() {
    let flows = true
    const onvisibility = () => {
      if (flows && preferences.notifications && mayNotify()) return
      this.#stop.abort()
      this.#stop = new AbortController()
      flows = !document.hidden
      if (flows) void this.#run(this.#stop.signal)
    }
    document.addEventListener('visibilitychange', onvisibility)
    void this.#run(this.#stop.signal)
    return () => {
      document.removeEventListener('visibilitychange', onvisibility)
      this.#stop.abort()
    }
  }

  tryNow() {
    this.#wake()
  }

  async #run(signal: AbortSignal) {
    for (let failures = 0; !signal.aborted; failures++) {
      let heard = false
      try {
        for await (const event of await this.#client.events.follow(undefined, { signal })) {
          failures = 0
          heard = true
          this.#nextTry = null
          this.#onevent(event)
        }
        if (heard) continue // the session has ended: who this is now shows at once
      } catch {
        // whatever it was, the cure is to try again
      }
      // oxlint-disable-next-line typescript/no-unnecessary-condition -- it changes while this waits
      if (!signal.aborted)
        await this.#pause(retryDelaysSeconds[Math.min(failures, retryDelaysSeconds.length - 1)] ?? 15, signal)
    }
  }

  async #pause(seconds: number, signal: AbortSignal) {
    let awake = false
    const woken = new Promise<void>((resolve) => {
      this.#wake = () => {
        awake = true
        resolve()
      }
    })
    // oxlint-disable-next-line typescript/no-unnecessary-condition -- the listener sets it
    for (let left = seconds; left > 0 && !awake && !signal.aborted; left--) {
      this.#nextTry = left
      await Promise.race([woken, new Promise((resolve) => setTimeout(resolve, 1000))])
    }
  }
}

export const [getEventStream, setEventStream] = createContext<EventStream>()

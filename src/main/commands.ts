import { EventEmitter, on } from 'node:events'
import type { FoundPhoto } from '../shared/schemas/library.ts'
import type { Wish } from '../shared/schemas/menu.ts'

const emitter = new EventEmitter()

/** A photo that was to be shown before there was a page to show it. */
let waiting: Wish | null = null

/** Asks the page to run one of its commands: it knows whether a text is meant or photos. */
export const command = (id: string) => void emitter.emit('wish', id)

/** Asks the page to open a photo; one that is only just being loaded does so then. */
export const showPhoto = ({ album, photo }: FoundPhoto) => {
  const wish = { album, photo }
  if (!emitter.emit('wish', wish)) waiting = wish
}

/** What is chosen in the menu and opened with the program, from now on, until the signal is aborted. */
export async function* followWishes(signal: AbortSignal | undefined): AsyncGenerator<Wish> {
  const wishes = on(emitter, 'wish', signal ? { signal } : {})
  try {
    if (waiting) {
      const wish = waiting
      waiting = null
      yield wish
    }
    for await (const [wish] of wishes) yield wish as Wish
  } catch (error) {
    if (!signal?.aborted) throw error
  }
}

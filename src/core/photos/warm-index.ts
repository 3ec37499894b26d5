import { setTimeout } from 'node:timers/promises'
import { readableAlbums } from '../albums/visible-albums.ts'
import type { Session } from '../gallery/session.ts'
import { albumIndexesOf, isFull } from './photo-index.ts'

/** After the start, so that what is asked for first is answered first. */
const waitMs = 2000
/** Between one album and the next, in which others are answered. */
const breathMs = 2

/**
 * Reads what searches look at into memory, one album after the other, from some seconds after the start on, so that the first search
 * finds it there. It ends where the memory that indexes may take is nearly full, where the session ends, and where it fails: then a
 * search reads what it needs.
 *
 * @returns when it has ended, and the way to stop it
 */
export const warmIndexes = (session: Session): { done: Promise<void>; stop: () => void } => {
  const stopping = new AbortController()
  const signal = AbortSignal.any([stopping.signal, session.ended])
  const run = async () => {
    await setTimeout(waitMs, undefined, { signal, ref: false })
    for (const album of await readableAlbums(session)) {
      if (signal.aborted || isFull(session)) return
      await albumIndexesOf(session, [album])
      await setTimeout(breathMs, undefined, { signal, ref: false })
    }
  }
  return { done: run().catch(() => undefined), stop: () => stopping.abort() }
}

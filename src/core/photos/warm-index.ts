import { setTimeout } from 'node:timers/promises'
import { chunksOf } from '../../shared/domain/chunks.ts'
import { readableAlbums } from '../albums/visible-albums.ts'
import { saidIndexesOf } from '../comments/said-index.ts'
import type { Session } from '../gallery/session.ts'
import { keepIndexes, type KeptPlace } from './kept-indexes.ts'
import { albumIndexesOf, indexInMemory, isFull } from './photo-index.ts'

/** After the start, so that what is asked for first is answered first. */
const waitMs = 2000
/** Albums that are read together. */
const together = 32
/** Between some albums and the next, in which others are answered. */
const breathMs = 2
/** After which what has changed since is read and kept, in milliseconds. */
const keepEveryMs = 10 * 60_000
/** With fewer photos all is read within a second, and nothing is kept on a disk. */
const manyPhotos = 20_000

interface Warming {
  /** Where it is kept for the next start; without it nothing is. */
  place?: KeptPlace
  wait?: number
  many?: number
}

const readInto = async (session: Session, albums: string[], signal: AbortSignal) => {
  for (const some of chunksOf(albums, together)) {
    signal.throwIfAborted()
    if (isFull(session)) return
    await albumIndexesOf(session, some)
    await setTimeout(breathMs, undefined, { signal, ref: false })
  }
}

const keep = async (session: Session, kept: ReturnType<typeof keepIndexes>, many: number) => {
  const albums = await readableAlbums(session)
  const indexOf = (album: string) => indexInMemory(session, album)
  const photos = albums.reduce((sum, album) => sum + (indexOf(album)?.photos.size ?? 0), 0)
  if (photos < many) await kept.clear()
  else await kept.save(albums, indexOf)
}

/**
 * Reads what searches look at into memory, some albums after the others, from some seconds after the start on, so that the first search
 * finds it there. It ends where the memory that indexes may take is nearly full, where the session ends, and where it fails: then a
 * search reads what it needs. Of a large gallery a session that may read all of it keeps what was read on the disk, and brings that into
 * step from time to time.
 *
 * @returns when all has been read and kept for the first time, and the way to stop it
 */
export const warmIndexes = (
  session: Session,
  { place, wait = waitMs, many = manyPhotos }: Warming = {},
): { done: Promise<void>; stop: () => void } => {
  const stopping = new AbortController()
  const signal = AbortSignal.any([stopping.signal, session.ended])
  const readsAll = session.identity.administrator || session.identity.service
  const kept = place && readsAll ? keepIndexes(session.keys, place) : null
  const run = async () => {
    await setTimeout(wait, undefined, { signal, ref: false })
    const albums = await readableAlbums(session)
    await readInto(session, kept?.inOrder(albums) ?? albums, signal).finally(() => kept?.endReading())
    await saidIndexesOf(session, albums)
    if (kept) await keep(session, kept, many)
  }
  const goOn = async () => {
    for (;;) {
      await setTimeout(keepEveryMs, undefined, { signal, ref: false })
      await readInto(session, await readableAlbums(session), signal)
      if (kept) await keep(session, kept, many)
    }
  }
  const done = run()
  if (kept) void done.then(goOn).catch(() => undefined)
  return { done: done.catch(() => undefined), stop: () => stopping.abort() }
}

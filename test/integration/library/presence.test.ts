import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Session } from '../../../src/core/gallery/session.ts'
import type { Decoder } from '../../../src/core/library/decode/pool.ts'
import { Decisions } from '../../../src/core/library/recognition/decisions.ts'
import { onlyState, type FileState } from '../../../src/core/library/index/file-identity.ts'
import { atHand, FileIndex } from '../../../src/core/library/index/file-index.ts'
import { Presence } from '../../../src/core/library/recognition/presence.ts'
import { fileOf } from '../../../src/core/library/roots/walk.ts'
import { TakeIn } from '../../../src/core/library/take-in.ts'
import { sharedDecoder } from '../../support/decoder.ts'
import { startLibrary, takeIn } from '../../support/library.ts'
import { drawPhotos } from '../../support/pictures/photos.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** A session of which something is told whenever a part of a hash has been read, before its reader gets it. */
const tellingOfReads = (session: Session, told: () => Promise<void>): Session => {
  const hscan = async (...args: Parameters<Session['redis']['hscan']>) => {
    const read = await session.redis.hscan(...args)
    await told()
    return read
  }
  const redis = new Proxy(session.redis, {
    get: (target, name) => {
      const own = Reflect.get(target, name) as unknown
      if (name === 'hscan') return hscan
      return typeof own === 'function' ? (own.bind(target) as unknown) : own
    },
  })
  return { ...session, redis }
}

/** A photo that was taken in, a folder that may take the place of its own, and the parts of a library that deal with both. */
const startParts = async (digestTaken: () => Promise<void> = () => Promise.resolve()) => {
  const parent = temporaryFolder()
  const folder = join(parent, 'card')
  await drawPhotos(folder, 2)
  await drawPhotos(join(parent, 'other'), 1, 1)
  renameSync(join(parent, 'other/photo-1.jpg'), join(parent, 'other/photo-0.jpg'))
  const { library, session } = await startLibrary()
  await takeIn(library, folder)
  const path = join(folder, 'photo-0.jpg')
  const reads = { told: () => Promise.resolve() }
  const roots = { asked: (_path: string) => {} }
  const rootOf = (of: string) => {
    roots.asked(of)
    return null
  }
  const telling = tellingOfReads(session, () => reads.told())
  const fileIndex = new FileIndex()
  await fileIndex.load(session)
  const decisions = new Decisions(telling, fileIndex)
  const shared = sharedDecoder()
  const digest: Decoder['digest'] = async (of) => {
    const taken = await shared.digest(of)
    await digestTaken()
    return taken
  }
  const parts = { session: telling, fileIndex, decisions, rootOf, decoder: { ...shared, digest } }
  const presence = new Presence({ ...parts, exchanged: () => undefined })
  const way = new TakeIn({ ...parts, presence, vacated: () => undefined })
  await presence.enter(folder)
  const entry = () => fileIndex.entries.get(path)
  const insertOther = () => {
    renameSync(folder, join(parent, 'drawer'))
    renameSync(join(parent, 'other'), folder)
  }
  const exchange = async () => {
    insertOther()
    await presence.enter(folder)
  }
  const found = async (name = 'photo-0.jpg') => {
    const file = await fileOf(join(folder, name))
    if (!file) throw new Error(`${name} is not there.`)
    return file
  }
  /** As a batch does that was written meanwhile. */
  const note = (file: FileState) => {
    const known = entry()
    if (known) fileIndex.set(path, atHand(known, onlyState(file)))
  }
  return { session, path, reads, roots, presence, way, entry, insertOther, exchange, found, note }
}

test('what is found to be away while the file index is read anew is known to be away once it was read', async () => {
  const { session, path, reads, presence, way, entry } = await startParts()
  const noted: Promise<void>[] = []
  reads.told = async () => {
    noted.push(presence.offline([path]))
    // Whoever does not wait for the reading has written it before this is answered.
    await turn()
    await session.redis.ping()
  }
  await way.load()
  await Promise.all(noted)
  expect(entry()?.away).toBeGreaterThan(0)
})

test('a file that was met before another card took the place of its own is not back', async () => {
  const { path, presence, entry, exchange, found } = await startParts()
  await presence.offline([path])
  const file = await found()
  await exchange()
  await presence.met([file])
  expect(entry()?.away).toBeGreaterThan(0)
})

test('files of a card that are met as another one takes its place are not back, also those that were looked at before', async () => {
  const { path, roots, presence, entry, insertOther, found } = await startParts()
  await presence.offline([path, path.replace('0.jpg', '1.jpg')])
  const files = [await found(), await found('photo-1.jpg')]
  roots.asked = (of) => {
    if (!of.endsWith('1.jpg')) return
    roots.asked = () => {}
    insertOther()
  }
  await presence.met(files)
  expect(entry()?.away).toBeGreaterThan(0)
})

test('a photo whose file was read before another card took its place is not at hand', async () => {
  const started = await startParts(() => started.exchange())
  const { path, presence, way, entry, found } = started
  await presence.offline([path])
  const turnOfFile = { lastTry: false, settled: true, urgent: () => true }
  expect(await way.take(await found(), turnOfFile)).toBe('growing')
  expect(entry()?.away).toBeGreaterThan(0)
})

test('a photo that is noted after another card took the place of its file is away', async () => {
  const { path, presence, entry, exchange, found, note } = await startParts()
  const noted = presence.reading()
  const file = await found()
  await exchange()
  note(file)
  await noted(path, file)
  expect(entry()?.away).toBeGreaterThan(0)
})

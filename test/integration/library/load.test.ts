import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Session } from '../../../src/core/gallery/session.ts'
import { Decisions } from '../../../src/core/library/decisions.ts'
import { FileIndex } from '../../../src/core/library/file-index.ts'
import { Presence } from '../../../src/core/library/presence.ts'
import { TakeIn } from '../../../src/core/library/take-in.ts'
import { sharedDecoder } from '../../support/decoder.ts'
import { startLibrary, takeIn } from '../../support/library.ts'
import { drawPhotos } from '../../support/photos.ts'
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

test('what is found to be away while the file index is read anew is known to be away once it was read', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 1)
  const { library, session } = await startLibrary()
  await takeIn(library, root)
  const path = join(root, 'photo-0.jpg')
  const found: Promise<void>[] = []
  const told = async () => {
    found.push(presence.offline([path]))
    // Whoever does not wait for the reading has written it before this is answered.
    await turn()
    await session.redis.ping()
  }
  const telling = tellingOfReads(session, told)
  const fileIndex = new FileIndex()
  const decisions = new Decisions(telling, fileIndex)
  const parts = { session: telling, fileIndex, decisions, rootOf: () => null, decoder: sharedDecoder() }
  const presence = new Presence({ ...parts, exchanged: () => undefined })
  const way = new TakeIn({ ...parts, presence, vacated: () => undefined })
  await fileIndex.load(session)
  await way.load()
  await Promise.all(found)
  expect(fileIndex.entries.get(path)?.away).toBeGreaterThan(0)
})

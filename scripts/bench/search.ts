import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import { openGallery } from '../../src/core/gallery/open-gallery.ts'
import type { Session } from '../../src/core/gallery/session.ts'
import { applyChanges } from '../../src/core/changes/apply-changes.ts'
import { listCollections } from '../../src/core/collections/collections.ts'
import { keepIndexes, keptPlace, type KeptPlace } from '../../src/core/photos/kept-indexes.ts'
import { pageOfPhotos, photoRefs } from '../../src/core/photos/photos.ts'
import { readForAll } from '../../src/core/photos/shared-reader.ts'
import { warmIndexes } from '../../src/core/photos/warm-index.ts'
import { nearestSearch } from '../../src/core/photos/words.ts'
import { newOperationId } from '../../src/shared/domain/random-ids.ts'
import { parseRef } from '../../src/shared/domain/refs.ts'
import type { Change } from '../../src/shared/schemas/change.ts'
import type { PhotoFilter, PhotoQuery } from '../../src/shared/schemas/photo.ts'
import { newKey } from '../../src/core/redis/server/secrets.ts'
import { megabytes, median, ms, report, sized, withGallery } from './common.ts'
import { albumOf, fill, largest } from './growth/fill.ts'
import { timed } from './photos.ts'

/** `CIMAISE_BENCH_PHOTOS`: the number of photos, where another is wanted. */
const photos = Number(process.env['CIMAISE_BENCH_PHOTOS'] ?? sized(100_000, 2000))
/** What a window waits before it shows what is found so far. */
const patience = 500
const rounds = 5

const view = (text: string): PhotoQuery => ({
  album: null,
  sort: 'taken',
  descending: true,
  filter: { text },
})

/** A session of its own with nothing in memory yet, as after a start. */
const afterStart = async (
  env: NodeJS.ProcessEnv,
  work: (session: Session, place: KeptPlace) => Promise<void>,
) => {
  const gallery = await openGallery({ env })
  const session = await gallery.self()
  readForAll(session)
  try {
    await work(session, keptPlace(gallery))
  } finally {
    await gallery.close()
  }
}

/** The first search of all: as a window asks for it, again and again until all albums are searched. */
const firstSearch = async (session: Session) => {
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  const begin = performance.now()
  const answers: number[] = []
  for (let searching = true; searching;) {
    const asked = performance.now()
    const answer = await pageOfPhotos(session, view('harbour'), 0, 200, patience)
    answers.push(performance.now() - asked)
    searching = answer.searching !== undefined
    if (answers.length === 1 && answer.searching) {
      const { ready, albums } = answer.searching
      report('  in the first answer', `${ready} of ${albums}`, `albums; ${answer.total} photos`)
    }
    if (searching) await setTimeout(patience)
  }
  delay.disable()
  report(
    '  first answer',
    ms(answers[0] ?? 0),
    `the slowest of ${answers.length}: ${ms(Math.max(...answers))}`,
  )
  report('  all albums', ms(performance.now() - begin), `longest stop of the process: ${ms(delay.max / 1e6)}`)
}

const laterSearches = async (session: Session) => {
  for (const text of [
    'market',
    'img_4711',
    'nothinglikeit',
    '"place 7"',
    'summer 2005',
    'rating:>=4 album:1998',
  ]) {
    const times: number[] = []
    // Each has a word of its own, so that no order is kept from before.
    for (let round = 0; round < rounds; round++)
      times.push(await timed(() => pageOfPhotos(session, view(`${text} -x${text.length}y${round}`), 0, 200)))
    report(`  ${text}`, ms(median(times)))
  }
  report('  nearest words, first', ms(await timed(() => nearestSearch(session, null, 'harbuor'))))
  report('  nearest words', ms(await timed(() => nearestSearch(session, null, 'markett'))))
}

const savedFilters: PhotoFilter[] = [
  { text: 'market' },
  { text: 'summer 2005' },
  { rating: 4 },
  { any: ['Event/1', 'Event/2'] },
  { camera: 'Pocket', none: ['Event'] },
]

/** The list of collections with what smart albums find: at first, again, and after a change of one photo. */
const smartCounts = async (session: Session) => {
  const changed = (change: Change) =>
    applyChanges(session, { act: newOperationId(), changes: [change], mode: 'free' })
  for (const [n, filter] of savedFilters.entries())
    await changed({ kind: 'create-collection', title: `Smart ${n}`, search: { album: null, filter } })
  const list = () => timed(() => listCollections(session))
  report(`  list with ${savedFilters.length} smart albums, first`, ms(await list()))
  const begun = performance.now()
  while ((await listCollections(session)).some((one) => one.photos === null)) await setTimeout(100)
  report('  until all are counted', ms(performance.now() - begun))
  const again = [await list(), await list(), await list()]
  report('  the same again', ms(median(again)))
  for (const [what, album] of [
    ['in the largest album', largest],
    ['in another', albumOf(3)],
  ] as const) {
    const [ref = ''] = await photoRefs(session, { album, sort: 'taken', descending: true }, 0, 1)
    const values = [{ photo: parseRef(ref).id, to: '5' }]
    await changed({ kind: 'edit', album, field: 'rating', values })
    report(`  after a change of one photo ${what}`, ms(await list()))
  }
}

const bytesIn = (folder: string) =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)

/** All is read in the background, and kept for the next start. */
const warmed = async (session: Session, place: KeptPlace) => {
  const begin = performance.now()
  const { done } = warmIndexes(session, { place, many: 1 })
  await done
  const kept = `kept in ${megabytes(bytesIn(place.folder))}`
  report('  read in the background', ms(performance.now() - begin), kept)
  report('  first search then', ms(await timed(() => pageOfPhotos(session, view('harbour'), 0, 200))))
}

/** What a search takes after a start, while albums are read and once they are. */
export const benchSearch = async (): Promise<void> => {
  await withGallery(async ({ gallery, env }) => {
    const size = { photos, albums: Math.max(20, photos / 100), accounts: 10 }
    await fill(await gallery.self(), size, newKey())
    report(`${photos} photos, ${size.albums} albums`, '')
    await afterStart(env, async (session) => {
      await firstSearch(session)
      await laterSearches(session)
      await smartCounts(session)
      report('  memory', megabytes(process.memoryUsage().rss))
    })
    await afterStart(env, warmed)
    report('after a restart', '')
    await afterStart(env, (session, place) => {
      keepIndexes(session.keys, place)
      return firstSearch(session)
    })
    await afterStart(env, warmed)
  })
}

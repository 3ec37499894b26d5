import { listAccounts } from '../../../src/core/access/accounts.ts'
import { readRights, setRights } from '../../../src/core/access/grants.ts'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import { applyChanges } from '../../../src/core/changes/apply-changes.ts'
import { listActivity } from '../../../src/core/events/activity.ts'
import { followEvents } from '../../../src/core/events/follow-events.ts'
import type { Gallery } from '../../../src/core/gallery/gallery.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { pageOfPhotos } from '../../../src/core/photos/photos.ts'
import { summaryFields } from '../../../src/core/photos/photo-record.ts'
import { readForAll } from '../../../src/core/photos/shared-reader.ts'
import { listTags } from '../../../src/core/photos/tags.ts'
import { inCalls } from '../../../src/shared/domain/changes.ts'
import { subjectOf } from '../../../src/shared/domain/subjects.ts'
import type { PhotoQuery } from '../../../src/shared/schemas/photo.ts'
import { median, sized } from '../common.ts'
import { timed } from '../photos.ts'
import { addTo, largest, lastOfMany, manyName, type Size } from './fill.ts'

const rounds = sized(7, 3)
const pageSize = 200
const act = 'BenchBenchBe'

/** What was measured of one gallery: milliseconds by what was done, in the order in which it was done. */
export type Measured = Map<string, number>

const all: PhotoQuery = { album: null, sort: 'taken', descending: true }
const one: PhotoQuery = { album: largest, sort: 'taken', descending: true }

const often = async (work: () => Promise<unknown>) => {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) times.push(await timed(work))
  return median(times)
}

/** The commands that a page of one album cannot do without, in two pipelines. */
const barePage = async ({ redis, keys }: Session) => {
  const first = redis.pipeline().xrevrange(keys.albumEvents(largest), '+', '-', 'COUNT', 1)
  first.zcard(keys.albumPhotos(largest)).zrange(keys.albumPhotos(largest), 0, String(pageSize - 1), 'REV')
  const ids = ((await first.exec())?.[2]?.[1] ?? []) as string[]
  const records = redis.pipeline()
  for (const id of ids) records.hmget(keys.photo(largest, id), ...Object.keys(summaryFields))
  return records.exec()
}

const pageAt = (session: Session, view: PhotoQuery, at: number) => async () => {
  const { total } = await pageOfPhotos(session, view, 0, 1)
  const { photos } = await pageOfPhotos(session, view, Math.floor(total * at), pageSize)
  if (photos.length === 0) throw new Error('a page has no photo')
}

/** What users look at. `who` goes before each line. */
const measureViews = async (session: Session, who: string, into: Measured) => {
  const note = async (what: string, work: () => Promise<unknown>, many = true) =>
    into.set(`${who}: ${what}`, await (many ? often(work) : timed(work)))
  const page = (view: PhotoQuery) => () => pageOfPhotos(session, view, 0, pageSize)
  await note('list of albums, first', () => listAlbums(session), false)
  await note('list of albums', () => listAlbums(session))
  await note('all photos, first page, first', page(all), false)
  await note('all photos, first page', page(all))
  await note('an album, first page', page(one))
  await note('an album, page in the middle', pageAt(session, one, 0.5))
  await note('all photos, page in the middle, first', pageAt(session, all, 0.5), false)
  await note('all photos, page in the middle', pageAt(session, all, 0.47))
  await note('a tag of all photos, first page', page({ ...all, filter: { all: ['Event/3'] } }))
  await note('search in all photos, first', page({ ...all, filter: { text: 'harbour 1' } }), false)
  await note('search in all photos', page({ ...all, filter: { text: 'market' } }))
  await note('filter by rating in all photos', page({ ...all, filter: { rating: 4 } }))
  await note('all photos by name', page({ ...all, sort: 'name', descending: false }))
  await note('search in an album', page({ ...one, filter: { text: 'harbour 2' } }))
  await note('counts of tags', () => listTags(session))
  await note('what happened last', () => listActivity(session, null, 50))
}

/** Until a window that follows has heard of a change and read its view again, from when the change was sent. */
const measureRefresh = async (session: Session, other: Session, photos: string[]) => {
  const ended = new AbortController()
  const events = followEvents(session, ended.signal)
  await events.next() // `resync`: from here on it hears
  const times: number[] = []
  const album = largest
  for (let round = 0; round < rounds; round++) {
    const values = [{ photo: photos[round] ?? '', to: `${other.account} ${round}`, from: null }]
    const heard = events.next()
    const begin = performance.now()
    await applyChanges(other, {
      act,
      mode: 'free',
      changes: [{ kind: 'edit', album, field: 'title', values }],
    })
    await heard
    await pageOfPhotos(session, all, 0, pageSize)
    times.push(performance.now() - begin)
  }
  ended.abort()
  await events.return(undefined)
  return median(times)
}

const move = async (session: Session, from: string, to: string, photos: string[]) => {
  for (const changes of inCalls([{ kind: 'move', from, to, photos }], 500))
    await applyChanges(session, { act, mode: 'free', changes })
}

const bareRenames = async ({ redis, keys }: Session, from: string, to: string, photos: string[]) => {
  for (let start = 0; start < photos.length; start += 500) {
    const batch = redis.pipeline()
    for (const id of photos.slice(start, start + 500)) batch.rename(keys.photo(from, id), keys.photo(to, id))
    await batch.exec()
  }
}

/** There and back as often, so that photos end where they began. */
const thereAndBack = async (work: (from: string, to: string) => Promise<unknown>, a: string, b: string) => {
  const times: number[] = []
  for (let round = 0; round < 4; round++)
    times.push(await timed(() => (round % 2 === 0 ? work(a, b) : work(b, a))))
  return median(times)
}

const measureMoves = async (owner: Session, many: Session, size: Size, into: Measured) => {
  const [from, to] = [lastOfMany(size), largest]
  const photos = await addTo(owner, from, 50_000_000, sized(10_000, 1000))
  const some = photos.slice(0, photos.length / 10)
  into.set(
    `${photos.length} bare RENAMEs`,
    await thereAndBack((a, b) => bareRenames(owner, a, b, photos), from, 'bench'),
  )
  const moving = (session: Session, ids: string[]) =>
    thereAndBack((a, b) => move(session, a, b, ids), from, to)
  into.set(`administrator: move of ${photos.length}`, await moving(owner, photos))
  into.set(`administrator: move of ${some.length}`, await moving(owner, some))
  into.set(`many rights: move of ${some.length}`, await moving(many, some))
}

/** Times every call on one gallery. */
export const measure = async (gallery: Gallery, key: string, size: Size): Promise<Measured> => {
  const into: Measured = new Map()
  const set = into.set.bind(into)
  into.set = (a, b) => {
    console.log(a, b.toFixed(1))
    return set(a, b)
  }
  const owner = await gallery.selfAgain()
  readForAll(owner) // as a server for browsers does
  into.set('PING', await often(() => owner.redis.ping()))
  into.set('bare page', await often(() => barePage(owner)))
  into.set('administrator: login', await often(async () => (await gallery.selfAgain()).redis.disconnect()))
  into.set(
    'many rights: login',
    await often(async () => (await gallery.login(manyName, key)).redis.disconnect()),
  )
  const many = await gallery.login(manyName, key)
  await measureViews(many, 'many rights', into)
  await measureViews(owner, 'administrator', into)
  const ids = (await pageOfPhotos(owner, one, 0, pageSize)).photos.map(({ id }) => id)
  into.set('administrator: live refresh', await measureRefresh(owner, many, ids))
  into.set('many rights: live refresh', await measureRefresh(many, owner, ids))
  into.set('administrator: list of accounts', await often(() => listAccounts(owner)))
  into.set('administrator: rights of all', await often(() => readRights(owner)))
  const subject = subjectOf('account', 'member1')
  into.set(
    'administrator: one right given and taken',
    await often(async () => {
      await setRights(owner, [{ subject, album: largest, right: 'read' }])
      await setRights(owner, [{ subject, album: largest, right: 'none' }])
    }),
  )
  await measureMoves(owner, many, size, into)
  return into
}

import { applyChanges } from '../../src/core/changes/apply-changes.ts'
import { createAlbum } from '../../src/core/albums/create-album.ts'
import { pageOfPhotos } from '../../src/core/photos/photos.ts'
import type { Session } from '../../src/core/gallery/session.ts'
import { listTags } from '../../src/core/photos/tags.ts'
import { inCalls } from '../../src/shared/domain/changes.ts'
import type { Change } from '../../src/shared/schemas/change.ts'
import { median, ms, ratio, report, sized, withGallery } from './common.ts'
import { addPhotos, idOf, inPipeline, timed } from './photos.ts'

const moved = sized(10_000, 1000)
const perCall = 500
const rounds = sized(5, 2)
const tags = ['Sea', 'Sea/Foam', 'People/Ana', 'Summer', 'Été']

const apply = async (session: Session, changes: Change[]) => {
  const calls: number[] = []
  for (const call of inCalls(changes, perCall))
    calls.push(await timed(() => applyChanges(session, { act: 'BenchBenchBe', changes: call, mode: 'free' })))
  return calls
}

/** The same number of commands, one for each photo, in pipelines. */
const bare = (session: Session, command: (n: number) => string[]) =>
  timed(async () => {
    for (let start = 0; start < moved; start += inPipeline) {
      const commands = Array.from({ length: inPipeline }, (_, i) => command(start + i))
      await session.redis.pipeline(commands).exec()
    }
  })

const sum = (values: number[]) => values.reduce((all, value) => all + value, 0)

/** Moving and tagging 10,000 photos against as many bare commands, beside an album of so many other photos. */
const benchChanges = async (session: Session, beside: number) => {
  const { keys } = session
  const { id: from } = await createAlbum(session, { title: `From ${beside}` })
  const { id: to } = await createAlbum(session, { title: `To ${beside}` })
  const { id: other } = await createAlbum(session, { title: `Other ${beside}` })
  await addPhotos(session, other, 1_000_000, beside)
  await addPhotos(session, from, 0, moved)
  const photos = Array.from({ length: moved }, (_, n) => idOf(n))
  const tagging = await apply(session, [{ kind: 'tag', album: from, photos, add: tags, remove: [] }])
  const moving: number[][] = []
  const renames: number[] = []
  for (let round = 0; round < rounds; round++) {
    const [a, b] = round % 2 === 0 ? [from, to] : [to, from]
    moving.push(await apply(session, [{ kind: 'move', from: a, to: b, photos }]))
    const [c, d] = round % 2 === 0 ? [to, 'bench'] : [from, 'bench']
    renames.push(await bare(session, (n) => ['rename', keys.photo(c, idOf(n)), keys.photo(d, idOf(n))]))
    await bare(session, (n) => ['rename', keys.photo(d, idOf(n)), keys.photo(c, idOf(n))])
  }
  const [move, rename] = [median(moving.map(sum)), median(renames)]
  report(
    `move ${moved} photos with 5 tags, ${beside} beside`,
    ms(move),
    `${ms(rename)} for the bare RENAMEs, ratio ${ratio(move / rename)}; slowest call ${ms(Math.max(...moving.flat()))}`,
  )
  const tag = sum(tagging)
  const hset = await bare(session, (n) => ['hset', keys.photo('bench', idOf(n)), 'tags', tags.join('\n')])
  report(
    `tag ${moved} photos with 5 tags, ${beside} beside`,
    ms(tag),
    `${ms(hset)} for bare HSETs, ratio ${ratio(tag / hset)}`,
  )
}

/** A tag on 100,000 photos over 200 albums: its first page, against as many bare reads. */
const benchTagView = async (session: Session) => {
  const { redis, keys } = session
  const [albums, each] = [sized(200, 10), 500]
  for (let n = 0; n < albums; n++) {
    const { id } = await createAlbum(session, { title: `Album ${n}` })
    await addPhotos(session, id, n * each, each)
    const photos = Array.from({ length: each }, (_, i) => idOf(n * each + i))
    await apply(session, [{ kind: 'tag', album: id, photos, add: [...tags, `Place ${n}`], remove: [] }])
  }
  const view = { album: null, sort: 'taken' as const, descending: true, filter: { all: ['sea'] } }
  const first: number[] = []
  const reads: number[] = []
  for (let round = 0; round < rounds; round++) {
    first.push(await timed(() => pageOfPhotos(session, view, 0, 200)))
    reads.push(
      await timed(async () => {
        const asked = redis.pipeline()
        for (const album of await redis.smembers(keys.albums))
          asked.zcard(keys.albumTag(album, 'sea')).zrange(keys.albumTag(album, 'sea'), 0, '199', 'REV')
        await asked.exec()
      }),
    )
  }
  report(
    `open a tag of ${albums * each} photos in ${albums} albums`,
    ms(median(first)),
    `${ms(median(reads))} for its bare ZRANGEs, ratio ${ratio(median(first) / median(reads))}`,
  )
  const filter = { ...view, filter: { all: ['sea'], text: 'bench' } }
  const cold = await timed(() => pageOfPhotos(session, filter, 0, 200))
  const warm = await timed(() => pageOfPhotos(session, { ...filter, descending: false }, 0, 200))
  report(`search words in ${albums * each} photos, first time`, ms(cold), `${ms(warm)} the next time`)
}

/** Type-ahead over 10,000 tags: the list that the window filters by itself, against reading it bare. */
const benchTypeAhead = async (session: Session) => {
  const { redis, keys } = session
  const { id: album } = await createAlbum(session, { title: 'Many tags' })
  await addPhotos(session, album, 5_000_000, 1000)
  for (let n = 0; n < 1000; n++)
    await applyChanges(session, {
      act: 'BenchBenchBe',
      mode: 'free',
      changes: [
        {
          kind: 'tag',
          album,
          photos: [idOf(5_000_000 + n)],
          add: Array.from({ length: 10 }, (_, i) => `Word ${n * 10 + i}`),
          remove: [],
        },
      ],
    })
  const list: number[] = []
  const reads: number[] = []
  for (let round = 0; round < rounds; round++) {
    list.push(await timed(() => listTags(session)))
    reads.push(await timed(() => redis.zrange(keys.albumTags(album), 0, '-1', 'WITHSCORES')))
  }
  report(
    'list 10,000 tags',
    ms(median(list)),
    `${ms(median(reads))} for the bare ZRANGE, ratio ${ratio(median(list) / median(reads))}`,
  )
}

/** What users do to many photos at once. */
export const benchOrganise = async (): Promise<void> => {
  for (const beside of [0, sized(100_000, 2000)])
    await withGallery(async ({ gallery }) => benchChanges(await gallery.self(), beside))
  await withGallery(async ({ gallery }) => {
    const session = await gallery.self()
    await benchTagView(session)
    await benchTypeAhead(session)
  })
}

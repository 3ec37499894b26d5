import { downloadKinds } from '../../src/shared/domain/downloads.ts'
import { clientOf, type Client } from '../support/client.ts'
import { downloadsOf } from '../support/downloads.ts'
import { unzipSync } from 'fflate'
import type { Redis } from 'ioredis'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { publish } from '../../src/core/access/grants.ts'
import { editShare } from '../../src/core/access/shares.ts'
import { keysShownTo } from '../../src/core/redis/keys.ts'
import { noAnswers } from '../../src/shared/domain/visitor-answers.ts'
import { leastShown } from '../../src/shared/domain/visitor-switches.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { isMarked } from '../support/pictures/marked.ts'
import { beginUpload } from '../support/uploads.ts'
import { placeBytes, servedToVisitors, visitorsOf } from './what-visitors-get.ts'

/*
 * Each switch alone, and every way by which what it lets through can be had: what is switched on is had by all of its ways, and nothing
 * else by any.
 */

const switches = [
  'place',
  'camera',
  'marks',
  'original',
  'none',
  'listed',
  'watermark',
  'comments',
  'choose',
  'uploads',
] as const
type Switch = (typeof switches)[number]

interface Visit {
  fixture: Awaited<ReturnType<typeof servedToVisitors>>
  cookie: string
  raw: Redis
  client: Client
}

/** A way to have something, and whether it was had. */
interface Way {
  of: Switch
  by: 'page' | 'RPC' | 'file' | 'preview' | 'view' | 'zip' | 'API' | 'raw'
  has: (visit: Visit) => Promise<boolean>
  /** Only guests, or only visitors of a link, go this way. */
  only?: 'guest' | 'link'
}

const succeeds = (work: Promise<unknown>) =>
  work.then(
    () => true,
    () => false,
  )

const get = async ({ fixture, cookie }: Visit, path: string, init: RequestInit = {}) => {
  const response = await fetch(fixture.server.origin + path, { ...init, headers: { cookie } })
  return { response, bytes: Buffer.from(await response.arrayBuffer()) }
}

/** The bytes of the first photo as it is given; empty where it is not. */
const given = async (visit: Visit) => {
  const { album, ids } = visit.fixture
  const { response, bytes } = await get(visit, `/original/${album}/${ids.first}?download`)
  return response.ok ? bytes : Buffer.alloc(0)
}

/** The same in a zip file: of what may be asked for the most that is given. */
const zipped = async ({ fixture: { album, ids, server }, cookie }: Visit) => {
  for (const kind of downloadKinds) {
    const options = { photos: [`${album}/${ids.first}`], name: 'Harbour', kind }
    const answer = await downloadsOf(server.origin, cookie)
      .fetch(options)
      .catch(() => null)
    if (!answer?.ok) continue
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()))
    const picture = Object.entries(files).find(([name]) => name.endsWith('.jpg'))
    if (picture) return Buffer.from(picture[1])
  }
  return Buffer.alloc(0)
}

const tellsPlace = (bytes: Buffer) =>
  placeBytes.some((place) => bytes.includes(place)) || bytes.includes('GPSLatitude')
const tellsCamera = (bytes: Buffer) => bytes.includes('PlantedCamera')
const isOriginal = async (bytes: Buffer) => bytes.length > 0 && (await sharp(bytes).metadata()).width === 2700

/** The same of a file, alone and in a zip file. */
const asFiles = (of: Switch, has: (bytes: Buffer) => boolean | Promise<boolean>): Way[] => [
  { of, by: 'file', has: async (visit) => has(await given(visit)) },
  { of, by: 'zip', has: async (visit) => has(await zipped(visit)) },
]

const shown = async ({ client, fixture: { album, ids } }: Visit) =>
  JSON.stringify(await client.photos.show({ album, photo: ids.first }))

const record = ({ raw, cookie, fixture: { owner, album, ids, link } }: Visit) =>
  raw.hgetall(keysShownTo(owner.keys, cookie === '' ? 'guest' : link.name).photo(album, ids.first))

const byApi = async (visit: Visit) => {
  const { album, ids } = visit.fixture
  return String((await get(visit, `/api/v1/albums/${album}/photos/${ids.first}`)).bytes)
}

/** A text that tells it, or a field of the record that has it. */
const asRecord = (of: Switch, text: string, field: string): Way[] => [
  { of, by: 'RPC', has: async (visit) => (await shown(visit)).includes(text) },
  { of, by: 'raw', has: async (visit) => field in (await record(visit)) },
  { of, by: 'API', only: 'guest', has: async (visit) => (await byApi(visit)).includes(text) },
]

const page = ({ fixture: { album, secret }, cookie }: Visit) =>
  cookie === '' ? `/?album=${album}` : `/s/Abcd1234/${secret}`

const pictureOfPage = ({ fixture: { album, ids, secret }, cookie }: Visit) =>
  cookie === '' ? `/preview/1280/current?photo=${album}/${ids.first}` : `/s/Abcd1234/${secret}/picture`

/** Something is drawn over a picture that is had at an address. */
const marksAt = (path: (visit: Visit) => string) => async (visit: Visit) =>
  isMarked((await get(visit, path(visit))).bytes)

const photoIn = ({ fixture: { album, ids } }: Visit) => `${album}/${ids.first}`

const ways: Way[] = [
  ...asRecord('place', '"latitude":43.2', 'lat'),
  ...asFiles('place', tellsPlace),
  ...asRecord('camera', 'PlantedCamera', 'camera'),
  ...asFiles('camera', tellsCamera),
  ...asRecord('marks', '"rating":2', 'rating'),
  ...asFiles('original', isOriginal),
  // Nothing is given at all.
  ...asFiles('none', (bytes) => bytes.length === 0),
  {
    of: 'listed',
    by: 'page',
    has: async (visit) => (await get(visit, page(visit))).response.headers.get('x-robots-tag') === 'all',
  },
  // Each picture that is larger than a thumbnail is marked.
  ...asFiles('watermark', isMarked),
  { of: 'watermark', by: 'page', has: marksAt(pictureOfPage) },
  { of: 'watermark', by: 'preview', has: marksAt((visit) => `/preview/640/x?photo=${photoIn(visit)}`) },
  { of: 'watermark', by: 'view', has: marksAt((visit) => `/original/${photoIn(visit)}`) },
  {
    ...{ of: 'watermark', by: 'API', only: 'guest' },
    has: marksAt(
      ({ fixture: { album, ids } }) => `/api/v1/albums/${album}/photos/${ids.first}/preview?size=1280`,
    ),
  },
  // By a digest a picture is asked for that browsers keep as it is.
  { of: 'watermark', by: 'RPC', has: async (visit) => (await shown(visit)).includes('"digest":null') },
  { of: 'watermark', by: 'raw', has: async (visit) => !('digest' in (await record(visit))) },
  {
    ...{ of: 'comments', by: 'RPC', only: 'link' },
    has: ({ client, fixture: { album, ids } }) =>
      succeeds(client.comments.write({ album, photo: ids.first, text: 'Lovely', spot: null, by: 'Ida' })),
  },
  {
    ...{ of: 'comments', by: 'raw', only: 'link' },
    has: ({ raw, fixture: { owner, album, link } }) =>
      succeeds(raw.hset(owner.keys.comments(album, link.name), 'last', '1')),
  },
  {
    ...{ of: 'choose', by: 'RPC', only: 'link' },
    has: ({ client, fixture: { ids } }) => succeeds(client.selections.pick({ photo: ids.first })),
  },
  {
    ...{ of: 'choose', by: 'raw', only: 'link' },
    has: ({ raw, fixture: { owner, album, link } }) =>
      succeeds(raw.hset(owner.keys.picks(album, link.name), 'name', 'Anna')),
  },
  {
    ...{ of: 'uploads', by: 'file', only: 'link' },
    has: async ({ cookie, fixture: { server, album } }) =>
      (await beginUpload({ server, cookie }, { album, name: 'a.jpg', size: 1000 })).status === 201,
  },
]

const onOff: (Switch | null)[] = ['place', 'camera', 'marks', 'listed', 'watermark']

/** Chooses one switch of a link, or of the public album, and no other; null: none. */
const choose = async ({ owner, album, link }: Visit['fixture'], of: Switch | null) => {
  const shows = {
    ...leastShown,
    ...(onOff.includes(of) ? { [of ?? '']: true } : {}),
    ...(of === 'original' || of === 'none' ? { download: of } : {}),
  }
  const answers = { ...noAnswers, comments: of === 'comments', selection: of === 'choose' ? 3 : 0 }
  await publish(owner, album, true, shows)
  await editShare(owner, { name: link.name, shows, answers, uploads: of === 'uploads' ? 1_000_000 : 0 })
}

/** The guest, and a visitor of the link, with what they ask by. */
const visiting = async (fixture: Visit['fixture']): Promise<Visit[]> =>
  (await visitorsOf(fixture)).map(({ cookie, raw }) => {
    const client = clientOf(fixture.server, cookie)
    return { fixture, cookie, raw, client }
  })

test('with each switch alone, what it lets through is had by all of its ways, and nothing else by any', async () => {
  const fixture = await servedToVisitors(['--uploads', temporaryFolder()])
  const visits = await visiting(fixture)
  const had: string[] = []
  const wanted: string[] = []
  for (const on of [null, ...switches]) {
    await choose(fixture, on)
    for (const visit of visits)
      for (const { of, by, has, only } of ways) {
        const who = visit.cookie === '' ? 'guest' : 'link'
        if (only !== undefined && only !== who) continue
        const cell = `with ${on ?? 'none'} a ${who} has ${of} by ${by}`
        if (of === on) wanted.push(cell)
        if (await has(visit)) had.push(cell)
      }
  }
  expect(had).toEqual(wanted)
})

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import type { Redis } from 'ioredis'
import sharp from 'sharp'
import { expect, onTestFinished } from 'vitest'
import { publish } from '../../src/core/access/grants.ts'
import { createShare, editShare } from '../../src/core/access/shares.ts'
import { listAlbums } from '../../src/core/albums/albums.ts'
import { openGallery } from '../../src/core/gallery/open-gallery.ts'
import { listPhotos } from '../../src/core/photos/photos.ts'
import { scanKeys } from '../../src/core/redis/scan-keys.ts'
import { deriveKey } from '../../src/core/gallery/credentials.ts'
import { newShareSecret } from '../../src/shared/domain/random-ids.ts'
import { shareSecret } from '../../src/shared/domain/share-link.ts'
import type { Session } from '../../src/core/gallery/session.ts'
import { downloadKinds, type DownloadKind } from '../../src/shared/domain/downloads.ts'
import type { VisitorSwitches } from '../../src/shared/domain/visitor-switches.ts'
import type { DownloadInput } from '../../src/shared/schemas/download.ts'
import type { PhotoFilter } from '../../src/shared/schemas/photo.ts'
import type { Gallery } from '../../src/core/gallery/gallery.ts'
import { addAccount, grant, plainClient } from '../support/accounts.ts'
import type { Client } from '../support/client.ts'
import { downloadsOf } from '../support/downloads.ts'
import { change } from '../support/organise.ts'
import { drawPhoto } from '../support/pictures/photos.ts'
import { logInAs, startServer } from '../support/server.ts'
import { temporaryFolder } from '../support/temporary.ts'

/** Values that stand nowhere else, by what lets them through. `never`: nothing does. */
export const planted = {
  never: ['PlantedFolder', 'RejectedPhoto', 'TrashedPhoto', 'plantededitor'],
  place: ['43.2100', '-7.6542'],
  camera: ['PlantedCamera', 'PlantedLens'],
}
/** The second part of the place as EXIF has it, a fraction of 98765: its bytes in either order. */
export const placeBytes = [Buffer.from([0x00, 0x01, 0x81, 0xcd]), Buffer.from([0xcd, 0x81, 0x01, 0x00])]

/** A public collection of photos, which somebody else has changed: another photo was in it, and was taken out. */
const publicCollection = async (
  { gallery, owner }: { gallery: Gallery; owner: Session },
  { shown, gone }: { shown: string[]; gone: string },
) => {
  const { collection } = await change(owner, [{ kind: 'create-collection', title: 'Portfolio' }])
  const id = collection ?? ''
  await publish(owner, id, true)
  const { session: editor } = await addAccount(gallery, owner, 'plantededitor')
  await grant(owner, 'plantededitor', { [id]: 'modify' })
  const values = [...shown, gone].map((photo) => ({ photo, at: null }))
  await change(editor, [
    { kind: 'collect', collection: id, values },
    { kind: 'uncollect', collection: id, photos: [gone] },
    { kind: 'describe-collection', collection: id, field: 'description', to: 'For the wall' },
  ])
  return id
}

/** A server with one album of four photos, marked; one is rejected, one in the trash. It is public, and there is a link to it. */
export const servedToVisitors = async (more: string[] = []) => {
  const root = join(temporaryFolder(), 'PlantedFolder')
  const plain = temporaryFolder()
  mkdirSync(join(root, 'Harbour'), { recursive: true })
  for (const [n, name] of ['first', 'second', 'third', 'fourth'].entries()) {
    await drawPhoto(join(plain, `${name}.jpg`), { hue: 40 * n, width: 2700, height: 1800 })
    await sharp(join(plain, `${name}.jpg`))
      .withExif({
        IFD0: { Make: 'Test', Model: 'PlantedCamera' },
        IFD2: { LensModel: 'PlantedLens', DateTimeOriginal: `2024:05:06 07:08:0${n}` },
        IFD3: {
          GPSLatitudeRef: 'N',
          GPSLatitude: '43/1 12/1 98765/2719',
          GPSLongitudeRef: 'W',
          GPSLongitude: '7/1 39/1 98765/6387',
        },
      })
      .jpeg()
      .toFile(join(root, 'Harbour', `${name}.jpg`))
  }
  const server = await startServer(['--watch', root, ...more])
  const gallery = await openGallery({ env: server.env })
  onTestFinished(() => gallery.close())
  const owner = await gallery.self()
  await expect.poll(async () => (await listAlbums(owner))[0]?.photos, { timeout: 60_000 }).toBe(4)
  const album = (await listAlbums(owner))[0]?.id ?? ''
  // Until the files have been read whole nothing of them is known.
  await expect
    .poll(
      async () => (await listPhotos(owner, album, 0, 10)).filter(({ latitude }) => latitude !== null).length,
      {
        timeout: 60_000,
      },
    )
    .toBe(4)
  const photos = await listPhotos(owner, album, 0, 10)
  const [first, second, rejected, trashed] = photos.map(({ id }) => id) as [string, string, string, string]
  const edit = (field: 'title' | 'rating' | 'flag' | 'label', values: Record<string, string>) =>
    change(owner, [
      { kind: 'edit', album, field, values: Object.entries(values).map(([photo, to]) => ({ photo, to })) },
    ])
  await edit('title', { [rejected]: 'RejectedPhoto', [trashed]: 'TrashedPhoto' })
  await edit('rating', { [first]: '2', [second]: '5', [rejected]: '4', [trashed]: '4' })
  await edit('label', { [first]: 'green' })
  await edit('flag', { [second]: 'pick', [rejected]: 'reject' })
  await change(owner, [
    { kind: 'tag', album, photos: [rejected, trashed], add: ['RejectedPhoto/tag'], remove: [] },
    { kind: 'trash', album, photos: [trashed] },
  ])
  await publish(owner, album, true)
  const collection = await publicCollection({ gallery, owner }, { shown: [first, second], gone: rejected })
  const [name, secret] = ['share~Abcd1234', newShareSecret()]
  const key = await deriveKey(gallery.id, name, shareSecret(secret, ''))
  const link = { name, key, album, label: '', hasPassword: false }
  await createShare(owner, { ...link, expires: '2090-01-01T00:00:00Z' })
  return {
    server,
    gallery,
    owner,
    album,
    collection,
    photos,
    link,
    secret,
    ids: { first, second, rejected, trashed },
  }
}

type Served = Awaited<ReturnType<typeof servedToVisitors>>

/** A visitor: by HTTP with a cookie, and by a raw connection with a login. */
export interface Visitor {
  cookie: string
  raw: Redis
  choose: (shows: VisitorSwitches) => Promise<unknown>
}

/** The guest, and a visitor of the link. */
export const visitorsOf = async ({ server, gallery, owner, album, link }: Served): Promise<Visitor[]> => [
  {
    cookie: '',
    raw: await plainClient(gallery, 'guest', ''),
    choose: (shows) => publish(owner, album, true, shows),
  },
  {
    cookie: await logInAs(server, link.name, link.key),
    raw: await plainClient(gallery, link.name, link.key),
    choose: (shows) => editShare(owner, { name: link.name, shows }),
  },
]

const world = { south: -85, west: -180, north: 85, east: 180 }

const filters: PhotoFilter[] = [
  { rating: 1 },
  { flag: 'pick' },
  { flag: 'reject' },
  { label: 'green' },
  { camera: 'Test PlantedCamera' },
  { within: world },
  ...[
    'PlantedCamera',
    'lens:PlantedLens',
    'PlantedFolder',
    'RejectedPhoto',
    'rating:5',
    'spain',
    'place:spain',
  ].map((text) => ({
    text,
  })),
]

const view = (album: string | null, more = {}) => ({
  album,
  sort: 'taken' as const,
  descending: false,
  ...more,
})

/** Everything that the contract tells a visitor of an album, as text, and what its filters find. */
export const toldByRpc = async (client: Client, album: string, ids: string[]) => {
  const range = { offset: 0, limit: 10 }
  const found = await Promise.all(
    filters.map(async (filter) => [
      filter,
      (await client.photos.page({ view: view(album, { filter }), ...range })).total,
    ]),
  )
  const refs = ids.map((id) => `${album}/${id}`)
  const orders = await Promise.all(
    (['taken', 'name', 'added', 'rating', 'manual'] as const).map(async (sort) => [
      sort,
      await client.photos.refs({ view: view(album, { sort }), ...range }),
    ]),
  )
  const told = await Promise.all([
    ...[album, null].map((of) => client.photos.page({ view: view(of), ...range })),
    ...[client.photos.details({ view: view(album), ...range }), client.photos.list({ album, ...range })],
    ...[client.albums.list(), client.tags.list(), client.tags.ofPhotos({ photos: refs })],
    ...[
      client.photos.cameras({ album }),
      client.photos.months({ album }),
      client.photos.locate({ photos: ids }),
    ],
    ...filters.map((filter) => client.photos.timeline({ view: view(album, { filter }), by: 'day' })),
    client.photos.places({ view: view(album), bounds: world, zoom: 20 }),
    ...[client.photos.common({ photos: refs }), client.photos.duplicates({ album, threshold: 1 })],
    ...[client.gallery.session(), client.collections.list(), client.trash.albums()],
    client.activity.list({ album: null, limit: 100 }).catch((error: unknown) => String(error)),
    ...[album, null].map((of) => client.photos.towns({ album: of })),
    ...['PlantedCamra', 'RejectedPhto', 'Spian'].map((text) => client.photos.nearest({ album, text })),
    ...ids.flatMap((photo) => [
      client.photos.show({ album, photo }).catch((error: unknown) => String(error)),
      client.photos.files({ album, photo }).catch((error: unknown) => String(error)),
    ]),
  ])
  return { text: JSON.stringify([told, orders]), found: new Map(found as [PhotoFilter, number][]) }
}

/** A zip file of photos as what is in it, by the way in which it was asked for. */
const gotInZip = async (origin: string, cookie: string, asked: DownloadInput & { kind: DownloadKind }) => {
  const downloads = downloadsOf(origin, cookie)
  const prepared = await downloads.prepare(asked).catch((error: unknown) => String(error))
  const told = Buffer.from(JSON.stringify(prepared))
  if (typeof prepared === 'string') return new Map([[`zip-${asked.kind}`, { status: 404, bytes: told }]])
  const response = await downloads.part(prepared.id)
  const headers = Buffer.from(JSON.stringify([...response.headers]))
  const bytes = Buffer.from(await response.arrayBuffer())
  const files = Object.entries(unzipSync(bytes)).map(
    ([name, file]) => [`zip-${asked.kind} ${name}`, { status: 200, bytes: Buffer.from(file) }] as const,
  )
  const whole = { status: response.status, bytes: Buffer.concat([bytes, told, headers]) }
  return new Map([[`zip-${asked.kind}`, whole], ...files])
}

/** Everything that a visitor gets of photos over HTTP: by address, status and bytes; a zip file by what is in it. */
export const gotByHttp = async ({ server, album, photos, secret }: Served, cookie: string) => {
  const got = new Map<string, { status: number; bytes: Buffer }>()
  const get = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(server.origin + path, { ...init, headers: { cookie } })
    const headers = Buffer.from(JSON.stringify([...response.headers]))
    return {
      status: response.status,
      bytes: Buffer.concat([Buffer.from(await response.arrayBuffer()), headers]),
    }
  }
  for (const { id, thumb } of photos)
    for (const path of [
      `/original/${album}/${id}`,
      `/original/${album}/${id}?download`,
      `/original/${album}/${id}?film`,
      `/thumb/${thumb ?? ''}?photo=${album}/${id}`,
      `/preview/2560/current?photo=${album}/${id}`,
      `/tile/1-0-0/current?photo=${album}/${id}`,
    ])
      got.set(path.replace(album, 'album'), await get(path))
  // What is told without scripts: of a public album to everybody, of a link to whoever has its address.
  const page = `?album=${album}`
  const told =
    cookie === ''
      ? [`/${page}`, `/feed/${album}`, `/oembed?url=${encodeURIComponent(`${server.origin}/${page}`)}`]
      : ['', '/picture', '/state'].map((part) => `/s/Abcd1234/${part === '/state' ? 'state' : secret + part}`)
  for (const path of [...told, '/robots.txt'])
    got.set(`told ${path.replace(secret, 'secret')}`, await get(path))
  for (const kind of downloadKinds)
    for (const [name, answer] of await gotInZip(server.origin, cookie, {
      photos: photos.map(({ id }) => `${album}/${id}`),
      name: 'Harbour',
      kind,
      sidecars: true,
    }))
      got.set(name, answer)
  return got
}

/** All that a raw login reads, of all keys that there are: the key, and what it holds. */
export const readByHand = async ({ redis, keys }: Session, raw: Redis) => {
  const read = new Map<string, string>()
  const ways: [string, (key: string) => Promise<unknown>][] = [
    ['hash', (key) => raw.hgetall(key)],
    ['set', (key) => raw.smembers(key)],
    ['zset', (key) => raw.zrange(key, 0, '-1', 'WITHSCORES')],
    ['stream', (key) => raw.xrange(key, '-', '+')],
    ['string', (key) => raw.getBuffer(key)],
  ]
  for (const pattern of [keys.pattern.everything, keys.pattern.thumbs])
    for await (const part of scanKeys(redis, pattern))
      for (const key of part) {
        const type = await redis.type(key)
        const way = ways.find(([of]) => of === type)?.[1]
        const held = way ? await way(key).catch(() => null) : null
        if (held !== null) read.set(key, JSON.stringify(held))
      }
  return read
}

import { spawn } from 'node:child_process'
import { mkdirSync, renameSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { createDecoder, type Decoder } from '../../../src/core/library/decode/pool.ts'
import { isFirst } from '../../../src/core/library/index/first-digest.ts'
import { listActivity } from '../../../src/core/events/activity.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { readThumb } from '../../../src/core/thumbnails/read-thumbnail.ts'
import { asCameraJpeg } from '../../support/pictures/camera-jpeg.ts'
import { drawCameraRaw } from '../../support/pictures/raw-samples.ts'
import { change } from '../../support/organise.ts'
import { allPhotos, reopen, startLibrary, takeIn } from '../../support/library.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** Larger than what is read whole at once, and than what a first look reads. */
const fileBytes = 1_100_000

/** Files of a camera, each of another size, that are no longer being written. `spoil`: what becomes of the bytes of the last one. */
const makeFiles = async (
  root: string,
  count: number,
  { spoil = (bytes: Buffer) => bytes, from = 0 } = {},
): Promise<string[]> => {
  mkdirSync(root, { recursive: true })
  const paths: string[] = []
  for (let n = from; n < from + count; n++) {
    const background = `hsl(${n * 40} 60% 50%)`
    const plain = sharp({ create: { width: 1500, height: 1000, channels: 3, background } })
    const jpeg = await asCameraJpeg(await plain.jpeg().toBuffer(), {
      taken: `2024:05:06 07:08:${String(n % 60).padStart(2, '0')}`,
    })
    const whole = Buffer.concat([jpeg, Buffer.alloc(fileBytes + n - jpeg.length)])
    const path = join(root, `${n}.jpg`)
    writeFileSync(path, n === from + count - 1 ? spoil(whole) : whole)
    paths.push(path)
  }
  const youngest = () => Math.max(...paths.map((path) => statSync(path).ctimeMs))
  await expect.poll(() => Date.now() - youngest()).toBeGreaterThan(1500)
  return paths
}

/** A decoder that reads no file whole before it may. */
const heldDecoder = () => {
  const { promise: held, resolve: release } = Promise.withResolvers<undefined>()
  const decoder = createDecoder()
  const begun: string[] = []
  const read: Decoder['read'] = async (...args) => {
    begun.push(basename(args[0]))
    await held
    return decoder.read(...args)
  }
  return { decoder: { ...decoder, read }, begun, release: () => release(undefined) }
}

const digests = async (session: Session) => {
  const { redis, keys } = session
  const photos = await allPhotos(session)
  return Promise.all(photos.map(({ album, id }) => redis.hget(keys.photo(album, id), 'digest')))
}

const startHeld = async () => {
  const held = heldDecoder()
  return { ...(await startLibrary({ watch: false, decoder: held.decoder })), ...held }
}

const shown = (session: Session, count: number) =>
  expect.poll(async () => (await allPhotos(session)).length).toBe(count)

test('photos that somebody looks at are read whole before those that were found before them', async () => {
  const root = temporaryFolder()
  const paths = await makeFiles(root, 12)
  const { library, session, begun, release } = await startHeld()
  await library.add([root])
  await shown(session, 12)
  await expect.poll(() => begun.length).toBeGreaterThan(0)
  const found = await library.find(paths)
  const waiting = found.filter(({ path }) => !begun.includes(basename(path))).slice(-3)
  const before = begun.length
  library.prefer(waiting.map(({ photo }) => photo))
  release()
  await library.settled()
  const next = waiting.map(({ path }) => basename(path))
  expect(begun.slice(before, before + 3).toSorted()).toEqual(next.toSorted())
})

test('a folder shows before any of its files is read whole, and what users enter meanwhile stays', async () => {
  const root = temporaryFolder()
  await makeFiles(root, 6)
  const { library, session, release } = await startHeld()
  await library.add([root])
  await shown(session, 6)
  const before = await allPhotos(session)
  expect(library.status()).toMatchObject({ found: 6, done: 0, added: 0 })
  for (const { width, height, takenAt, thumb, placeholder } of before) {
    expect([width, height]).toEqual([1500, 1000])
    expect(takenAt).toMatch(/^2024-05-06T07:08:0/)
    expect(placeholder).not.toBe('')
    expect((await sharp(await readThumb(session, thumb ?? '')).metadata()).width).toBe(160)
  }
  const [first] = before
  if (!first) throw new Error('there is none')
  const { album, id } = first
  await change(session, [{ kind: 'edit', album, field: 'rating', values: [{ photo: id, to: '4' }] }])
  await change(session, [{ kind: 'edit', album, field: 'caption', values: [{ photo: id, to: 'Mine' }] }])
  release()
  await library.settled()
  expect(library.status()).toMatchObject({ found: 6, done: 6, added: 6, changed: 0, failed: 0 })
  const after = await allPhotos(session)
  expect(new Set(after.map((photo) => photo.id))).toEqual(new Set(before.map((photo) => photo.id)))
  expect(after.find((photo) => photo.id === id)).toMatchObject({ rating: 4, caption: 'Mine' })
  for (const { thumb } of after)
    expect((await sharp(await readThumb(session, thumb ?? '')).metadata()).width).toBe(320)
  expect((await digests(session)).some((digest) => isFirst(digest ?? '_'))).toBe(false)
  const told = (await listActivity(session, album, 50)).filter(
    ({ what }) => !['edited', 'created'].includes(what),
  )
  expect(told).toMatchObject([{ what: 'added', photos: 6 }])
})

test('RAW files show by the small pictures in them before any of them is read whole, also where all have one size', async () => {
  const root = temporaryFolder()
  const count = 80 // more than are looked at at once
  const small = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#48c' } })
    .jpeg()
    .toBuffer()
  const preview = await sharp(small).resize(1500, 1000).jpeg().toBuffer()
  const paths = Array.from({ length: count }, (_, n) => {
    const clock = `07:${String(n % 60).padStart(2, '0')}:${String(Math.floor(n / 60)).padStart(2, '0')}`
    const path = join(root, `${n}.NEF`)
    const taken = `2024:05:06 ${clock}`
    writeFileSync(path, drawCameraRaw({ width: 1500, height: 1000, small, preview, taken }))
    truncateSync(path, fileBytes)
    return path
  })
  const youngest = () => Math.max(...paths.map((path) => statSync(path).ctimeMs))
  await expect.poll(() => Date.now() - youngest()).toBeGreaterThan(1500)
  const { library, session, release } = await startHeld()
  await library.add([root])
  await shown(session, count)
  const before = await allPhotos(session)
  const [{ width, type, takenAt, thumb } = { thumb: null }] = before
  expect([width, type, takenAt?.slice(0, 14)]).toEqual([1500, 'image/x-nikon-nef', '2024-05-06T07:'])
  expect((await sharp(await readThumb(session, thumb ?? '')).metadata()).width).toBe(300)
  release()
  await library.settled()
  expect(library.status()).toMatchObject({ found: count, done: count, added: count, failed: 0 })
  const after = await allPhotos(session)
  expect(new Set(after.map(({ id }) => id))).toEqual(new Set(before.map(({ id }) => id)))
  const widthOf = async (name: string | null) =>
    (await sharp(await readThumb(session, name ?? '')).metadata()).width
  expect(new Set(await Promise.all(after.map((photo) => widthOf(photo.thumb))))).toEqual(new Set([320]))
})

test('a program that is killed after its first looks leaves photos that the next start completes', async () => {
  const root = temporaryFolder()
  const count = 120
  await makeFiles(root, count)
  const started = await startLibrary()
  const { session, env } = started
  const child = spawn(process.execPath, ['out/main/cli.js', 'import', root], { env, stdio: 'ignore' })
  const ended = new Promise((resolve) => child.once('close', resolve))
  await expect
    .poll(async () => (await allPhotos(session)).length, { interval: 10, timeout: 30_000 })
    .toBe(count)
  child.kill('SIGKILL')
  await ended
  const left = (await digests(session)).filter((digest) => isFirst(digest ?? ''))
  expect(left.length).toBeGreaterThan(0)
  const before = new Set((await allPhotos(session)).map(({ id }) => id))
  const again = await reopen(started)
  expect(await takeIn(again, root)).toMatchObject({
    ...{ found: count, unchanged: count - left.length, added: left.length, failed: 0 },
  })
  expect(new Set((await allPhotos(session)).map(({ id }) => id))).toEqual(before)
  expect((await digests(session)).some((digest) => isFirst(digest ?? '_'))).toBe(false)
})

test('a file that is renamed before it is read whole keeps its photo, and what was entered', async () => {
  const root = temporaryFolder()
  const paths = await makeFiles(root, 5)
  const started = await startHeld()
  const { library, session, release } = started
  await library.add([root])
  await shown(session, 5)
  const photo = (await allPhotos(session)).find(({ path }) => path === paths[4])
  if (!photo) throw new Error('there is none')
  const { album, id } = photo
  await change(session, [{ kind: 'edit', album, field: 'rating', values: [{ photo: id, to: '5' }] }])
  renameSync(paths[4] ?? '', join(root, 'renamed.jpg'))
  release()
  await library.settled()
  await library.rescan()
  await library.settled()
  const after = await allPhotos(session)
  expect(after).toHaveLength(5)
  expect(after.find((one) => one.id === id)).toMatchObject({
    ...{ path: join(root, 'renamed.jpg'), rating: 5, missing: false },
  })
  expect((await digests(session)).some((digest) => isFirst(digest ?? '_'))).toBe(false)
})

test('a file whose beginning promises a picture that is none leaves no photo, and is told of', async () => {
  const root = temporaryFolder()
  const spoil = (bytes: Buffer) => {
    const at = bytes.lastIndexOf('\xff\xda', -1, 'latin1')
    return Buffer.concat([bytes.subarray(0, at + 2), Buffer.alloc(bytes.length - at - 2, 0xff)])
  }
  await makeFiles(root, 6, { spoil })
  const { library, session, release } = await startHeld()
  await library.add([root])
  await shown(session, 6)
  release()
  await library.settled()
  expect(library.status()).toMatchObject({ found: 6, added: 5, failed: 1 })
  expect((await allPhotos(session)).map(({ path }) => basename(path)).toSorted()).toEqual(
    [0, 1, 2, 3, 4].map((n) => `${n}.jpg`),
  )
  expect(await library.failures()).toMatchObject([{ path: join(root, '5.jpg') }])
  await library.rescan()
  await library.settled()
  expect(library.status()).toMatchObject({ unchanged: 5, failed: 1 })
})

test('a file of the size of one that is known is recognised first, so that a moved photo stays one', async () => {
  const root = temporaryFolder()
  const paths = await makeFiles(root, 6)
  const started = await startLibrary()
  await takeIn(started.library, root)
  const before = new Set((await allPhotos(started.session)).map(({ id }) => id))
  await started.library.close()
  mkdirSync(join(root, 'moved'))
  for (const path of paths) renameSync(path, join(root, 'moved', basename(path)))
  await expect.poll(() => Date.now() - statSync(join(root, 'moved', '5.jpg')).ctimeMs).toBeGreaterThan(1500)
  const again = await reopen(started)
  await takeIn(again, root)
  const after = await allPhotos(started.session)
  expect(new Set(after.map(({ id }) => id))).toEqual(before)
  expect(after.every(({ missing }) => !missing)).toBe(true)
})

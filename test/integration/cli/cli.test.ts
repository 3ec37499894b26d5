import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import type { Album } from '../../../src/shared/schemas/album.ts'
import type { PhotoDetails } from '../../../src/shared/schemas/photo.ts'
import { cimaise, cimaiseJson } from '../../support/cli.ts'
import { galleryEnvironment } from '../../support/gallery.ts'
import { allPhotos } from '../../support/library.ts'
import { drawPhotos } from '../../support/pictures/photos.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const home = () => galleryEnvironment()

interface Summary {
  found: number
  added: number
  unchanged: number
  failed: { path: string; reason: string }[]
}

test('import, albums and photos answer with one JSON document each', async () => {
  const root = temporaryFolder()
  await drawPhotos(join(root, '2024/Été'), 3)
  const env = await home()
  expect(await cimaiseJson<Summary>(env, 'import', root)).toMatchObject({
    found: 3,
    added: 3,
    unchanged: 0,
    failed: [],
  })
  expect(await cimaiseJson<Summary>(env, 'import', root)).toMatchObject({ found: 3, added: 0, unchanged: 3 })
  const albums = await cimaiseJson<Album[]>(env, 'albums')
  expect(albums).toEqual([
    { id: expect.stringMatching(/^owner~\w{8}$/) as string, title: '2024/Été', photos: 3, public: false },
  ])
  const byTitle = await cimaiseJson<PhotoDetails[]>(env, 'photos', '2024/été')
  expect(byTitle).toHaveLength(3)
  expect(byTitle[0]).toMatchObject({
    path: join(root, '2024/Été/photo-0.jpg'),
    width: 300,
    height: 400,
    takenAt: '2024-05-06T07:08:00+02:00',
    tags: [],
  })
  expect(await cimaiseJson<PhotoDetails[]>(env, 'photos', albums[0]?.id ?? '')).toEqual(byTitle)
})

test('exit codes: 2 for wrong usage, 1 for what fails, with the reason on standard error', async () => {
  const env = await home()
  expect(await cimaise(env, 'nonsense')).toMatchObject({ code: 2, out: '' })
  expect(await cimaise(env, 'import')).toMatchObject({ code: 2, out: '' })
  const missing = await cimaise(env, 'import', '/nowhere/at/all', '--json')
  expect(missing).toMatchObject({ code: 1, out: '' })
  expect(missing.err).toMatch(/There is no folder/)
  const unknown = await cimaise(env, 'photos', 'Nothing')
  expect(unknown).toMatchObject({ code: 1, out: '' })
  expect(unknown.err).toMatch(/no album “Nothing”/)
  expect(await cimaise(env, 'doctor')).toMatchObject({ code: 0, err: '' })
})

test('redis-url opens the same Redis to redis-cli, with the rights of the caller', async () => {
  const env = await home()
  const gallery = await openGallery({ env })
  const { out } = await cimaise(env, 'redis-url')
  const redisCli = (...args: string[]) =>
    execFileSync('redis-cli', ['-u', out.trim(), '--no-auth-warning', ...args], { encoding: 'utf8' }).trim()
  expect(redisCli('HGET', '{cimaise}:meta', 'id')).toBe(gallery.id)
  expect(redisCli('FLUSHALL')).toMatch(/NOPERM/)
  await gallery.close()
})

test('an import that is killed is carried on by the next, with nothing twice and nothing half there', async () => {
  const root = temporaryFolder()
  await drawPhotos(join(root, 'many'), 120)
  const env = await home()
  const gallery = await openGallery({ env })
  const session = await gallery.self()
  const child = spawn(process.execPath, ['out/main/cli.js', 'import', root], { env, stdio: 'ignore' })
  await expect
    .poll(async () => (await allPhotos(session)).length, { timeout: 20_000, interval: 5 })
    .toBeGreaterThan(0)
  child.kill('SIGKILL')
  await once(child, 'exit')
  const before = await allPhotos(session)
  expect(before.length).toBeLessThan(120)
  const { added, unchanged } = await cimaiseJson<Summary>(env, 'import', root)
  expect([added, unchanged]).toEqual([120 - before.length, before.length])
  const photos = await allPhotos(session)
  expect(new Set(photos.map(({ path }) => path)).size).toBe(120)
  expect(photos).toHaveLength(120)
  for (const { thumb } of photos) expect(await session.redis.exists(session.keys.thumb(thumb ?? ''))).toBe(1)
  await gallery.close()
})

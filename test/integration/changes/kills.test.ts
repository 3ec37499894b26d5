import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { locatePhotos } from '../../../src/core/photos/locate.ts'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { cleanEnvironment, galleryEnvironment } from '../../support/gallery.ts'
import { change, findings, albumWithPhotos } from '../../support/organise.ts'
import { startKeptRedis } from '../../support/redis/redis.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const count = 10_000

test('a Redis that is killed in the middle of a large move loses nothing that it had acknowledged', async () => {
  const { url, start } = await startKeptRedis()
  const server = await start()
  const env = cleanEnvironment({ CIMAISE_HOME: join(temporaryFolder(), 'home'), CIMAISE_REDIS_URL: url })
  const gallery = await openGallery({ env })
  onTestFinished(() => gallery.close())
  const session = await gallery.self()
  const from = await albumWithPhotos(session, 'From', count)
  const to = await albumWithPhotos(session, 'To', 0)
  await change(session, [
    { kind: 'tag', album: from.album, photos: from.photos, add: ['Sea', 'Sea/Foam'], remove: [] },
  ])
  const acknowledged: string[] = []
  const move = async () => {
    for (let at = 0; at < count; at += 500) {
      const photos = from.photos.slice(at, at + 500)
      await change(session, [{ kind: 'move', from: from.album, to: to.album, photos }])
      acknowledged.push(...photos)
      if (at === 4000) server.kill('SIGKILL')
    }
  }
  await expect(move()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  expect(acknowledged.length).toBeGreaterThanOrEqual(4500)
  expect(acknowledged.length).toBeLessThan(count)
  await start()
  const again = await openGallery({ env })
  onTestFinished(() => again.close())
  const self = await again.self()
  const albumOf = new Map((await locatePhotos(self, from.photos)).map(({ photo, album }) => [photo, album]))
  expect(albumOf.size).toBe(count)
  expect(acknowledged.every((photo) => albumOf.get(photo) === to.album)).toBe(true)
  expect(await findings(self)).toEqual([])
})

test('a command line that is killed in the middle of a large move leaves each photo in one album', async () => {
  const env = await galleryEnvironment()
  const gallery = await openGallery({ env })
  onTestFinished(() => gallery.close())
  const session = await gallery.self()
  const from = await albumWithPhotos(session, 'From', count)
  const to = await albumWithPhotos(session, 'To', 0)
  const { redis, keys } = session
  const child = spawn(process.execPath, ['out/main/cli.js', 'move', 'To', '-'], {
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.stdin.end(from.photos.join('\n'))
  await expect
    .poll(() => redis.zcard(keys.albumPhotos(to.album)), { timeout: 20_000, interval: 2 })
    .toBeGreaterThan(0)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(await redis.zcard(keys.albumPhotos(from.album))).toBeGreaterThan(0)
  expect((await locatePhotos(session, from.photos)).length).toBe(count)
  expect(await findings(session)).toEqual([])
})

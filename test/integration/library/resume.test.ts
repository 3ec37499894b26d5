import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import { readThumb } from '../../../src/core/thumbnails/read-thumbnail.ts'
import { allPhotos, reopen, startEmbeddedLibrary, startLibrary, takeIn } from '../../support/library.ts'
import { drawPhoto } from '../../support/pictures/photos.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** Many files of different content, quickly: what follows a JPEG's end belongs to the file and not to the picture. */
const makeMany = async (folder: string, count: number) => {
  mkdirSync(folder, { recursive: true })
  const one = join(temporaryFolder(), 'one.jpg')
  await drawPhoto(one, { width: 2400, height: 1600, taken: '2024:05:06 07:08:09' })
  const bytes = readFileSync(one)
  for (let n = 0; n < count; n++)
    writeFileSync(join(folder, `${n}.jpg`), Buffer.concat([bytes, Buffer.from(`end ${n}`)]))
}

test('an import that is killed carries on at the next start, with nothing twice and nothing half there', async () => {
  const root = temporaryFolder()
  const count = 300
  await makeMany(join(root, 'a'), count / 2)
  await makeMany(join(root, 'b'), count / 2)
  const started = await startLibrary()
  const { session, env } = started
  const total = async () => (await listAlbums(session)).reduce((sum, { photos }) => sum + photos, 0)
  for (const part of [0, count / 3]) {
    const child = spawn(process.execPath, ['out/main/cli.js', 'import', root], { env, stdio: 'ignore' })
    const ended = new Promise((resolve) => child.once('close', resolve))
    await expect.poll(total, { interval: 10, timeout: 30_000 }).toBeGreaterThan(part)
    child.kill('SIGKILL')
    await ended
  }
  const before = await total()
  expect(before).toBeLessThan(count)
  const again = await reopen(started)
  expect(await takeIn(again, root)).toMatchObject({
    found: count,
    unchanged: before,
    added: count - before,
    failed: 0,
  })
  const photos = await allPhotos(session)
  expect(photos).toHaveLength(count)
  expect(new Set(photos.map(({ path }) => path)).size).toBe(count)
  expect((await listAlbums(session)).map(({ photos }) => photos)).toEqual([count / 2, count / 2])
  for (const { thumb, width } of photos) {
    expect(width).toBe(2400)
    await readThumb(session, thumb ?? '')
  }
})

test('a Redis that is killed in the midst of an import costs no photo', async () => {
  const root = temporaryFolder()
  const count = 150
  await makeMany(root, count)
  const { library, session } = await startEmbeddedLibrary()
  const info = String(await session.redis.call('INFO', 'server'))
  const pid = Number(/process_id:(\d+)/.exec(info)?.[1])
  await library.add([root])
  await expect.poll(() => library.status().added, { interval: 10, timeout: 30_000 }).toBeGreaterThan(0)
  process.kill(pid, 'SIGKILL')
  await library.settled()
  expect(library.status()).toMatchObject({ found: count, added: count, failed: 0, problems: [] })
  expect(new Set((await allPhotos(session)).map(({ path }) => path)).size).toBe(count)
})

import { appendFileSync, copyFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { drawPhoto, drawPhotos } from '../../support/pictures/photos.ts'
import { allPhotos, startLibrary, takeIn } from '../../support/library.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const titles = async (session: Parameters<typeof allPhotos>[0]) =>
  (await allPhotos(session)).map(({ title }) => title).sort()

test('a file that comes into a watched folder, or a new folder in it, becomes a photo', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 1)
  const { library, session } = await startLibrary({ watch: true })
  await takeIn(library, root)
  await drawPhoto(join(root, 'new/late.jpg'), { hue: 300 })
  await expect.poll(() => titles(session), { timeout: 15_000 }).toEqual(['late.jpg', 'photo-0.jpg'])
})

test('a folder that is added is read once: what cannot be read counts once', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 2)
  writeFileSync(join(root, 'empty.jpg'), '')
  const { library } = await startLibrary({ watch: true })
  expect(await takeIn(library, root)).toMatchObject({ found: 3, added: 2, failed: 1, unchanged: 0 })
})

test('a rename in a watched folder keeps the photo', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 1)
  const { library, session } = await startLibrary({ watch: true })
  await takeIn(library, root)
  const [before] = await allPhotos(session)
  renameSync(join(root, 'photo-0.jpg'), join(root, 'renamed.jpg'))
  await expect.poll(() => titles(session), { timeout: 15_000 }).toEqual(['renamed.jpg'])
  expect((await allPhotos(session))[0]).toMatchObject({ id: before?.id, missing: false })
})

test('a deletion in a watched folder marks the photo, and nothing more', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 2)
  const { library, session } = await startLibrary({ watch: true })
  await takeIn(library, root)
  rmSync(join(root, 'photo-0.jpg'))
  const missing = async () =>
    (await allPhotos(session)).filter((photo) => photo.missing).map(({ title }) => title)
  await expect.poll(missing, { timeout: 15_000 }).toEqual(['photo-0.jpg'])
  expect(await allPhotos(session)).toHaveLength(2)
})

test('a file that is still being written is taken in once it is whole', async () => {
  const root = temporaryFolder()
  const elsewhere = join(temporaryFolder(), 'whole.jpg')
  await drawPhoto(elsewhere, { width: 2000, height: 1500, hue: 120 })
  const whole = readFileSync(elsewhere)
  await drawPhotos(root, 1)
  const { library, session } = await startLibrary({ watch: true })
  await takeIn(library, root)
  const file = join(root, 'slow.jpg')
  writeFileSync(file, whole.subarray(0, 1000))
  for (let at = 1000; at < whole.length; at += 4000) {
    await new Promise((resolve) => setTimeout(resolve, 60)) // the writer is slow: that is what the test is about
    appendFileSync(file, whole.subarray(at, at + 4000))
  }
  const slow = async () => (await allPhotos(session)).find(({ title }) => title === 'slow.jpg')
  await expect.poll(slow, { timeout: 15_000 }).toMatchObject({ width: 2000, height: 1500, damage: null })
  expect(await library.failures()).toEqual([])
})

test('a root that vanishes while it is watched is offline, and its photos stay', async () => {
  const parent = temporaryFolder()
  const root = join(parent, 'drive')
  await drawPhotos(root, 2)
  const { library, session } = await startLibrary({ watch: true })
  await takeIn(library, root)
  renameSync(root, join(parent, 'unplugged'))
  await expect
    .poll(async () => (await library.roots())[0], { timeout: 15_000 })
    .toMatchObject({ online: false, watched: false })
  expect((await allPhotos(session)).map(({ missing }) => missing)).toEqual([false, false])
  copyFileSync(join(parent, 'unplugged/photo-0.jpg'), join(parent, 'x.jpg'))
})

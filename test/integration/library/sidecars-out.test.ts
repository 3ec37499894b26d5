import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Session } from '../../../src/core/gallery/session.ts'
import { readMetadata } from '../../../src/core/library/decode/metadata.ts'
import type { EditField } from '../../../src/shared/schemas/change.ts'
import { sharedDecoder } from '../../support/decoder.ts'
import { change, findings } from '../../support/organise.ts'
import { drawPhoto } from '../../support/pictures/photos.ts'
import { writeSidecar } from '../../support/sidecars.ts'
import { allPhotos, reopen, startLibrary, takeIn } from '../../support/library.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const said = (file: string) =>
  existsSync(file) ? readMetadata(Buffer.alloc(0), [readFileSync(file)]).said : null

const one = async (session: Session) => {
  const [photo] = await allPhotos(session)
  if (!photo) throw new Error('there should be a photo')
  const { album, id } = photo
  const enter = (field: EditField, to: string | null) =>
    change(session, [{ kind: 'edit', album, field, values: [{ photo: id, to }] }])
  const tag = (add: string[], remove: string[] = []) =>
    change(session, [{ kind: 'tag', album, photos: [id], add, remove }])
  return { ...photo, enter, tag }
}

/** A gallery that follows a folder with one photo, and writes sidecars there. */
const start = async ({ write = true, prepare = (_root: string) => undefined } = {}) => {
  const root = temporaryFolder()
  await drawPhoto(join(root, 'a.jpg'))
  prepare(root)
  const started = await startLibrary({ watch: true })
  await takeIn(started.library, root)
  if (write) await started.library.setSidecars(root, true)
  return { ...started, root, photo: await one(started.session), sidecar: join(root, 'a.jpg.xmp') }
}

const wait = { timeout: 20_000 }

test('what a user enters is written beside the photo, follows what is entered next, and is no change that comes back', async () => {
  const { photo, sidecar, session, root, library } = await start()
  const original = readFileSync(join(root, 'a.jpg'))
  await photo.enter('title', 'Ours')
  await photo.enter('rating', '4')
  await photo.tag(['Birds/Heron', 'sea'])
  await expect
    .poll(() => said(sidecar), wait)
    .toMatchObject({ title: 'Ours', rating: '4', tags: ['Birds/Heron', 'sea'] })
  const { redis, keys } = session
  const events = await redis.xlen(keys.albumEvents(photo.album))
  await library.rescan()
  await library.settled()
  expect(await redis.xlen(keys.albumEvents(photo.album))).toBe(events)
  await photo.enter('flag', 'reject')
  await photo.enter('title', null)
  await photo.tag([], ['sea'])
  await expect
    .poll(() => said(sidecar), wait)
    .toMatchObject({ title: '', rating: '', flag: 'reject', tags: ['Birds/Heron'] })
  expect(await one(session)).toMatchObject({ rating: 4, flag: 'reject', tags: ['Birds/Heron'] })
  expect(readFileSync(join(root, 'a.jpg'))).toEqual(original)
  expect(readdirSync(root)).toEqual(['a.jpg', 'a.jpg.xmp'])
  expect(await findings(session)).toEqual([])
})

test('nothing is written where nobody asked for it', async () => {
  const { photo, root, library, session, gallery } = await start({ write: false })
  expect((await library.roots())[0]?.sidecars).toBe(false)
  await photo.enter('title', 'Ours')
  await library.setSidecars(root, true)
  await library.setSidecars(root, false)
  await library.close()
  const idle = await reopen({ gallery, session })
  await idle.setSidecars(root, true)
  await idle.close()
  expect(readdirSync(root)).toEqual(['a.jpg'])
  // What was entered before is written once a library follows the folder.
  await reopen({ gallery, session }, { watch: true })
  await expect.poll(() => said(join(root, 'a.jpg.xmp'))?.title, wait).toBe('Ours')
})

test('a sidecar that was changed after the photo stays, and both values are said', async () => {
  const { photo, root, library, session } = await start({ write: false })
  await photo.enter('title', 'Ours')
  const sidecar = join(root, 'a.xmp')
  writeSidecar(sidecar, { title: 'Theirs', more: '<photoshop:City>Gdynia</photoshop:City>' })
  const later = Date.now() / 1000 + 3600
  utimesSync(sidecar, later, later)
  await library.setSidecars(root, true)
  await expect
    .poll(
      () =>
        library
          .status()
          .problems.map(({ reason }) => reason)
          .join(),
      wait,
    )
    .toMatch(/Theirs.*Ours/)
  expect(said(sidecar)?.title).toBe('Theirs')
  expect((await one(session)).title).toBe('Ours')
  utimesSync(sidecar, 1, 1)
  await photo.enter('rating', '2')
  await expect.poll(() => said(sidecar), wait).toMatchObject({ title: 'Ours', rating: '2' })
  expect(readFileSync(sidecar, 'utf8')).toContain('Gdynia')
})

test('what is no XMP is not written over, and is said', async () => {
  const { photo, library, sidecar } = await start({
    prepare: (root) => {
      writeFileSync(join(root, 'a.jpg.xmp'), 'notes')
      return undefined
    },
  })
  await photo.enter('title', 'Ours')
  await expect.poll(() => library.status().problems.length, wait).toBe(1)
  expect(readFileSync(sidecar, 'utf8')).toBe('notes')
})

test('a folder that cannot be written into says so once', async () => {
  const root = temporaryFolder()
  await drawPhoto(join(root, 'a.jpg'))
  await drawPhoto(join(root, 'b.jpg'), { hue: 90 })
  const decoder = sharedDecoder()
  const asked: string[] = []
  const writeSidecar = (path: string) => {
    asked.push(path)
    return Promise.resolve({ kind: 'readOnly' as const })
  }
  const { library, session } = await startLibrary({ watch: true, decoder: { ...decoder, writeSidecar } })
  await takeIn(library, root)
  await library.setSidecars(root, true)
  for (const { album, id } of await allPhotos(session))
    await change(session, [{ kind: 'tag', album, photos: [id], add: ['sea'], remove: [] }])
  await expect.poll(() => new Set(asked).size, wait).toBe(2)
  expect(library.status().problems.map(({ path }) => path)).toEqual([root])
})

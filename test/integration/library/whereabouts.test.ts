import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { drawPhoto, drawPhotos } from '../../support/pictures/photos.ts'
import { allPhotos, startLibrary, takeIn } from '../../support/library.ts'
import { temporaryFolder } from '../../support/temporary.ts'

test('what is passed over is told of, with its reason', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 1)
  await drawPhoto(join(root, '@eaDir/thumb.jpg'))
  await drawPhoto(join(root, 'Catalog Previews.lrdata/thumb.jpg'))
  await drawPhoto(join(root, 'phone/thumb.jpg'))
  writeFileSync(join(root, 'phone/.nomedia'), '')
  await drawPhoto(join(root, 'drafts/thumb.jpg'))
  writeFileSync(join(root, '.ppignore'), 'drafts/\n')
  symlinkSync(temporaryFolder(), join(root, 'link'))
  const { library, session } = await startLibrary()
  await takeIn(library, root)
  expect((await allPhotos(session)).map(({ title }) => title)).toEqual(['photo-0.jpg'])
  const [told] = await library.roots()
  expect(told?.passed.map(({ path, text }) => [basename(path), text?.id]).sort()).toEqual([
    ['@eaDir', 'passedJunk'],
    ['Catalog Previews.lrdata', 'passedJunk'],
    ['drafts', 'passedByPattern'],
    ['link', 'passedLink'],
    ['phone', 'passedByMark'],
  ])
})

const shared = join(import.meta.dirname, '../../../../shared/cases/junk-folders')
test.runIf(existsSync(shared))(
  'of the folders that other systems and programs left behind nothing is taken in',
  async () => {
    const { library, session } = await startLibrary()
    await takeIn(library, shared)
    expect(await allPhotos(session)).toEqual([])
  },
)

test('the photos of a folder that is away are missing once a user says that it is gone', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 1)
  await drawPhotos(join(root, 'drive'), 2, 5)
  const { library, session } = await startLibrary()
  await takeIn(library, root)
  renameSync(join(root, 'drive'), join(temporaryFolder(), 'drive'))
  await takeIn(library, root)
  expect(await library.missing()).toEqual([])
  expect((await library.roots())[0]?.away).toEqual([{ path: join(root, 'drive'), photos: 2 }])
  await library.confirmGone(join(root, 'drive'))
  expect(await library.missing()).toHaveLength(2)
  expect((await library.roots())[0]?.away).toEqual([])
  expect((await allPhotos(session)).filter(({ missing }) => missing)).toHaveLength(2)
})

test('a root that is shown its new place keeps its photos', async () => {
  const parent = temporaryFolder()
  await drawPhotos(join(parent, 'old/a'), 2)
  const { library, session } = await startLibrary()
  await takeIn(library, join(parent, 'old'))
  const before = (await allPhotos(session)).map(({ id }) => id).sort()
  mkdirSync(join(parent, 'elsewhere'))
  renameSync(join(parent, 'old/a'), join(parent, 'elsewhere/b'))
  rmSync(join(parent, 'old'), { recursive: true })
  await library.replaceRoot(join(parent, 'old'), join(parent, 'elsewhere'))
  await library.settled()
  const after = await allPhotos(session)
  expect(after.map(({ id }) => id).sort()).toEqual(before)
  expect(after.every(({ missing, path }) => !missing && path.startsWith(join(parent, 'elsewhere/b')))).toBe(
    true,
  )
  expect((await library.roots()).map(({ path }) => path)).toEqual([join(parent, 'elsewhere')])
})

test('a missing photo that is located brings its neighbours along', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 3)
  const { library, session } = await startLibrary()
  await takeIn(library, root)
  const before = await allPhotos(session)
  const elsewhere = temporaryFolder()
  for (const { path } of before.slice(0, 2)) renameSync(path, join(elsewhere, basename(path)))
  await takeIn(library, root)
  expect(await library.missing()).toHaveLength(2)
  await library.locatePhoto(before[0]?.id ?? '', elsewhere, false)
  await library.settled()
  expect(await library.missing()).toEqual([])
  expect((await allPhotos(session)).map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort())
})

test('a file with another picture is a missing photo only where the user insists', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 2)
  const { library, session } = await startLibrary()
  await takeIn(library, root)
  const [photo] = await allPhotos(session)
  rmSync(photo?.path ?? '')
  await takeIn(library, root)
  const other = join(temporaryFolder(), 'other.jpg')
  await drawPhoto(other, { hue: 300, width: 222 })
  await expect(library.locatePhoto(photo?.id ?? '', other, false)).rejects.toMatchObject({ code: 'CONFLICT' })
  await library.locatePhoto(photo?.id ?? '', other, true)
  const found = (await allPhotos(session)).filter(({ path }) => path === other)
  expect(found).toMatchObject([{ id: photo?.id, missing: false, width: 222 }])
})

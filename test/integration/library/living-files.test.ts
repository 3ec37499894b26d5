import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { change } from '../../support/organise.ts'
import { drawPhoto, drawPhotos } from '../../support/pictures/photos.ts'
import { allPhotos, reopen, startLibrary, takeIn, type TestLibrary } from '../../support/library.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** Rates each photo by the number in its file's name. */
const rateByName = async (session: Session) => {
  for (const { album, id, path } of await allPhotos(session)) {
    const rating = Math.max(1, Number(/(\d)/.exec(basename(path))?.[1] ?? 1))
    await change(session, [
      { kind: 'edit', album, field: 'rating', values: [{ photo: id, to: String(rating) }] },
    ])
  }
}

const ratings = async (session: Session) =>
  Object.fromEntries(
    (await allPhotos(session)).map(({ path, rating, missing }) => [
      basename(path),
      missing ? 'missing' : rating,
    ]),
  )

/** Does something to the files of a gallery while it runs, and while it is stopped; then waits until it shows. */
const inBothStates = (
  name: string,
  prepare: (root: string) => Promise<void>,
  act: (root: string) => void | Promise<void>,
  check: (started: TestLibrary, root: string) => Promise<unknown>,
  expected: unknown,
) => {
  test(`${name}, while the gallery runs`, async () => {
    const root = join(temporaryFolder(), 'root')
    await prepare(root)
    const started = await startLibrary({ watch: true })
    await takeIn(started.library, root)
    await rateByName(started.session)
    await act(root)
    await expect.poll(() => check(started, root), { timeout: 20_000 }).toEqual(expected)
  })
  test(`${name}, while the gallery is stopped`, async () => {
    const root = join(temporaryFolder(), 'root')
    await prepare(root)
    const started = await startLibrary()
    await takeIn(started.library, root)
    await rateByName(started.session)
    await started.library.close()
    await act(root)
    const again = await reopen(started, { watch: true })
    await again.settled()
    expect(await check(started, root)).toEqual(expected)
  })
}

const three = async (root: string) => {
  await drawPhoto(join(root, '1.jpg'), { hue: 10 })
  await drawPhoto(join(root, '2.jpg'), { hue: 120 })
  await drawPhoto(join(root, '3.jpg'), { hue: 230 })
}

const mv = (root: string, ...pairs: [string, string][]) => {
  for (const [from, to] of pairs) renameSync(join(root, from), join(root, to))
}

inBothStates(
  'a chain of renames takes ratings along with the content',
  three,
  (root) => mv(root, ['3.jpg', '4.jpg'], ['2.jpg', '3.jpg'], ['1.jpg', '2.jpg']),
  ({ session }) => ratings(session),
  { '2.jpg': 1, '3.jpg': 2, '4.jpg': 3 },
)

inBothStates(
  'two files that exchange their names exchange their photos',
  three,
  (root) => mv(root, ['1.jpg', 'x'], ['2.jpg', '1.jpg'], ['x', '2.jpg']),
  ({ session }) => ratings(session),
  { '1.jpg': 2, '2.jpg': 1, '3.jpg': 3 },
)

inBothStates(
  'a picture that is saved under the name of one that moved is a new photo',
  three,
  async (root) => {
    mv(root, ['1.jpg', 'z1.jpg'])
    await drawPhoto(join(root, '1.jpg'), { hue: 300 })
  },
  ({ session }) => ratings(session),
  { '1.jpg': 0, 'z1.jpg': 1, '2.jpg': 2, '3.jpg': 3 },
)

inBothStates(
  'a file that is copied and then deleted keeps its photo',
  three,
  (root) => {
    mkdirSync(join(root, 'below'))
    copyFileSync(join(root, '1.jpg'), join(root, 'below/copy.jpg'))
    rmSync(join(root, '1.jpg'))
  },
  ({ session }) => ratings(session),
  { 'copy.jpg': 1, '2.jpg': 2, '3.jpg': 3 },
)

inBothStates(
  'an edit that writes beside and renames over keeps the photo',
  three,
  async (root) => {
    await drawPhoto(join(root, 'edit.tmp.jpg'), { hue: 60, width: 321 })
    mv(root, ['edit.tmp.jpg', '1.jpg'])
  },
  async ({ session }) => [
    await ratings(session),
    (await allPhotos(session)).find(({ path }) => basename(path) === '1.jpg')?.width,
  ],
  [{ '1.jpg': 1, '2.jpg': 2, '3.jpg': 3 }, 321],
)

/** Changes bytes of a file, and nothing that its size or date would show. */
const editKeepingTimes = (file: string) => {
  const { atime, mtime } = statSync(file)
  const text = readFileSync(file).toString('latin1').replace('2024:05:06 07:08:09', '2025:05:06 07:08:09')
  writeFileSync(`${file}_tmp`, Buffer.from(text, 'latin1'))
  utimesSync(`${file}_tmp`, atime, mtime)
  renameSync(`${file}_tmp`, file)
}

inBothStates(
  'an edit that keeps size and date is noticed',
  async (root) => {
    const file = join(root, '1.jpg')
    await drawPhoto(file, { taken: '2024:05:06 07:08:09' })
    utimesSync(file, new Date('2023-11-14T22:13:20Z'), new Date('2023-11-14T22:13:20Z'))
  },
  (root) => editKeepingTimes(join(root, '1.jpg')),
  async ({ session }) =>
    (await allPhotos(session)).map(({ takenAt, rating }) => [takenAt?.slice(0, 10), rating]),
  [['2025-05-06', 1]],
)

inBothStates(
  'a folder that is renamed keeps its album, whose title follows, and takes what comes into it',
  (root) => drawPhotos(join(root, 'Folder'), 2),
  async (root) => {
    mv(root, ['Folder', 'folder'])
    await drawPhoto(join(root, 'folder/a-new.jpg'), { hue: 300 })
  },
  async ({ session }) => (await listAlbums(session)).map(({ title, photos }) => [title, photos]),
  [['folder', 3]],
)

inBothStates(
  'a drive below a root that is away is offline, and its photos are not missing',
  async (root) => {
    await drawPhoto(join(root, 'drive/1.jpg'))
    writeFileSync(join(root, 'NOT_MOUNTED.txt'), 'not mounted')
  },
  (root) => renameSync(join(root, 'drive'), `${root}-drive`),
  async ({ session, library }) => [await ratings(session), (await library.roots())[0]?.online],
  [{ '1.jpg': 1 }, true],
)

test('a root whose last file was deleted is there, and its photo missing', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 1)
  const { library, session } = await startLibrary()
  await takeIn(library, root)
  rmSync(join(root, 'photo-0.jpg'))
  await takeIn(library, root)
  expect((await allPhotos(session)).map(({ missing }) => missing)).toEqual([true])
  expect((await library.roots()).map(({ online }) => online)).toEqual([true])
})

test('a photo whose file went to another root is found there, although only the one it left is read', async () => {
  const parent = temporaryFolder()
  const [one, two] = [join(parent, 'one'), join(parent, 'two')]
  await three(one)
  await drawPhoto(join(two, '5.jpg'), { hue: 200 })
  const started = await startLibrary()
  await started.library.add([one, two])
  await started.library.settled()
  await rateByName(started.session)
  await started.library.close()
  renameSync(join(one, '1.jpg'), join(two, 'new-1.jpg'))
  await drawPhoto(join(one, '1.jpg'), { hue: 300 })
  await drawPhoto(join(one, '2.jpg'), { hue: 310 })
  await drawPhoto(join(two, 'not-asked-for.jpg'), { hue: 320, width: 500 })
  await takeIn(await reopen(started), one)
  expect(await ratings(started.session)).toEqual({
    '1.jpg': 0,
    '2.jpg': 2,
    '3.jpg': 3,
    '5.jpg': 5,
    'new-1.jpg': 1,
  })
})

test('a library at another place is the same one', async () => {
  const parent = temporaryFolder()
  const lib = join(parent, 'lib')
  await drawPhotos(join(lib, 'A'), 1, 1)
  await drawPhotos(join(lib, 'B'), 1, 2)
  const started = await startLibrary()
  const { library, session } = started
  await takeIn(library, lib)
  await rateByName(session)
  const before = await allPhotos(session)
  await library.close()
  const newplace = join(parent, 'newplace')
  renameSync(lib, newplace)
  const again = await reopen(started, { watch: true })
  await takeIn(again, newplace)
  const after = await allPhotos(session)
  const facts = (photos: typeof after) =>
    photos.map(({ id, album, rating, missing }) => ({ id, album, rating, missing }))
  expect(facts(after)).toEqual(facts(before))
  expect(after.every(({ path }) => path.startsWith(newplace))).toBe(true)
  expect((await listAlbums(session)).map(({ title }) => title)).toEqual(['A', 'B'])
})

test('another picture that gets the name of one that is missing is a photo of its own', async () => {
  const root = temporaryFolder()
  await three(root)
  const { library, session } = await startLibrary()
  await takeIn(library, root)
  await rateByName(session)
  renameSync(join(root, '1.jpg'), join(temporaryFolder(), '1.jpg'))
  await takeIn(library, root)
  await drawPhoto(join(root, '1.jpg'), { hue: 77 })
  await takeIn(library, root)
  const ones = (await allPhotos(session)).filter(({ path }) => basename(path) === '1.jpg')
  expect(ones.map(({ rating, missing }) => [rating, missing]).sort()).toEqual(
    [
      [1, true],
      [0, false],
    ].sort(),
  )
})

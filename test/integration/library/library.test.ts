import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import { createDecoder, type Decoder } from '../../../src/core/library/decode/pool.ts'
import { sharedDecoder } from '../../support/decoder.ts'
import { drawPhoto, drawPhotos } from '../../support/pictures/photos.ts'
import { allPhotos, reopen, startLibrary, takeIn } from '../../support/library.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** A decoder that counts what it reads. */
const counting = () => {
  const decoder = sharedDecoder()
  const reads: string[] = []
  const counted: Decoder = { ...decoder, read: (path) => (reads.push(path), decoder.read(path)) }
  return { decoder: counted, reads }
}

test('each folder with photos becomes an album titled by its path below the root', async () => {
  const root = temporaryFolder()
  await drawPhoto(join(root, 'a.jpg'), { taken: '2024:05:06 07:08:09' })
  await drawPhotos(join(root, '2024/Corsica'), 2)
  mkdirSync(join(root, 'empty'))
  const { library, session } = await startLibrary()
  expect(await takeIn(library, root)).toMatchObject({ state: 'idle', found: 3, added: 3, failed: 0 })
  const albums = await listAlbums(session)
  expect(albums.map(({ title, photos }) => [title, photos])).toEqual([
    ['2024/Corsica', 2],
    [root.split('/').at(-1), 1],
  ])
  const photo = (await allPhotos(session)).find(({ title }) => title === 'a.jpg')
  expect(photo).toMatchObject({
    takenAt: '2024-05-06T07:08:09+02:00',
    camera: 'Test Box',
    width: 600,
    height: 400,
    path: join(root, 'a.jpg'),
  })
})

test('all photos go into one album where one is named, made only once', async () => {
  const root = temporaryFolder()
  await drawPhotos(join(root, 'x'), 1)
  await drawPhotos(join(root, 'y'), 1, 5)
  const { library, session } = await startLibrary()
  await takeIn(library, root, 'Été')
  await takeIn(library, join(root, 'x'), 'ÉTÉ')
  expect((await listAlbums(session)).map(({ title, photos }) => [title, photos])).toEqual([['Été', 2]])
})

test('folders of the same name in two roots feed two albums', async () => {
  const { library, session } = await startLibrary()
  const roots = [temporaryFolder('one-'), temporaryFolder('two-')]
  for (const [i, root] of roots.entries()) {
    await drawPhotos(join(root, 'DCIM'), 1, i)
    await takeIn(library, root)
  }
  const titles = (await listAlbums(session)).map(({ title }) => title)
  expect(titles).toHaveLength(2)
  expect(titles).toContain('DCIM')
  expect(titles.find((title) => title !== 'DCIM')).toMatch(/^two-.+\/DCIM$/)
})

test('a second start over unchanged folders reads no file', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 5)
  writeFileSync(join(root, 'text.jpg'), 'no picture')
  const started = await startLibrary()
  expect(await takeIn(started.library, root)).toMatchObject({ added: 5, failed: 1 })
  const { decoder, reads } = counting()
  const again = await reopen(started, { watch: false, decoder })
  expect(await takeIn(again, root)).toMatchObject({ found: 6, unchanged: 5, failed: 1, added: 0 })
  expect(reads).toEqual([])
  expect(await again.failures()).toEqual([
    {
      path: join(root, 'text.jpg'),
      reason: 'This is not a picture.',
      text: { id: 'notAPicture', blanks: {} },
    },
  ])
})

test('a renamed file keeps its photo, in whichever album it is', async () => {
  const root = temporaryFolder()
  await drawPhotos(join(root, 'a'), 2)
  const { library, session } = await startLibrary()
  await takeIn(library, root)
  const before = await allPhotos(session)
  mkdirSync(join(root, 'b'))
  renameSync(join(root, 'a/photo-0.jpg'), join(root, 'b/new name.jpg'))
  expect(await takeIn(library, root)).toMatchObject({ changed: 1, added: 0, unchanged: 1 })
  const after = await allPhotos(session)
  expect(after.map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort())
  expect(after.find(({ title }) => title === 'new name.jpg')).toMatchObject({
    path: join(root, 'b/new name.jpg'),
    missing: false,
  })
})

test('a copy is a photo of its own', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 1)
  const { library, session } = await startLibrary()
  await takeIn(library, root)
  copyFileSync(join(root, 'photo-0.jpg'), join(root, 'copy.jpg'))
  expect(await takeIn(library, root)).toMatchObject({ added: 1, unchanged: 1 })
  expect(new Set((await allPhotos(session)).map(({ id }) => id)).size).toBe(2)
})

test('a changed file keeps its photo and shows its new content', async () => {
  const root = temporaryFolder()
  const file = join(root, 'a.jpg')
  await drawPhoto(file, { hue: 10 })
  const { library, session } = await startLibrary()
  await takeIn(library, root)
  const [before] = await allPhotos(session)
  await drawPhoto(file, { hue: 200, width: 500, height: 500 })
  expect(await takeIn(library, root)).toMatchObject({ changed: 1, added: 0 })
  const [after, ...more] = await allPhotos(session)
  expect(more).toEqual([])
  expect(after).toMatchObject({ id: before?.id, width: 500, height: 500 })
  expect(after?.thumb).not.toBe(before?.thumb)
})

test('a deleted file leaves its photo marked as missing, and coming back it is found again', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 2)
  const { library, session } = await startLibrary()
  await takeIn(library, root)
  const file = join(root, 'photo-1.jpg')
  const [content, { atime, mtime }] = [readFileSync(file), statSync(file)]
  rmSync(file)
  await takeIn(library, root)
  expect((await allPhotos(session)).map(({ title, missing }) => [title, missing])).toEqual([
    ['photo-0.jpg', false],
    ['photo-1.jpg', true],
  ])
  writeFileSync(file, content)
  utimesSync(file, atime, mtime)
  await takeIn(library, root)
  expect((await allPhotos(session)).map(({ missing }) => missing)).toEqual([false, false])
})

test('a root that is gone, or is an empty mount point, is offline and loses nothing', async () => {
  const parent = temporaryFolder()
  const root = join(parent, 'drive')
  await drawPhotos(root, 3)
  const { library, session } = await startLibrary()
  await takeIn(library, root)
  renameSync(root, join(parent, 'unplugged'))
  await library.rescan()
  await library.settled()
  expect(library.status().problems).toMatchObject([
    { path: root, reason: 'This folder cannot be reached. Its photos stay as they are.' },
  ])
  expect((await library.roots())[0]).toMatchObject({ path: root, online: false })
  mkdirSync(root)
  await library.rescan()
  await library.settled()
  expect((await allPhotos(session)).map(({ missing }) => missing)).toEqual([false, false, false])
})

test('what came into a folder while nobody watched it is taken in when the library looks again', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 2)
  const { library, session } = await startLibrary()
  await takeIn(library, root)
  await drawPhotos(root, 1, 10)
  library.lookAgain()
  await library.settled()
  expect(await allPhotos(session)).toHaveLength(3)
})

test('two processes that import the same folder at once take nothing in twice', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 30)
  const started = await startLibrary()
  const other = await reopen(started)
  const [first, second] = await Promise.all([takeIn(started.library, root), takeIn(other, root)])
  expect([first.added, second.added]).toEqual([30, 30])
  const photos = await allPhotos(started.session)
  expect(new Set(photos.map(({ path }) => path)).size).toBe(30)
  expect(photos).toHaveLength(30)
})

test('odd names are photos like others, and links are not followed', async () => {
  const root = temporaryFolder()
  const names = [
    '-rf.jpg',
    'two\nlines.jpg',
    '🌊 été.jpg',
    `${'n'.repeat(246)}.jpg`,
    'UPPER.JPG',
    '{curly}*[?].jpg',
  ]
  for (const [hue, name] of names.entries()) await drawPhoto(join(root, name), { hue: hue * 40 })
  symlinkSync(root, join(root, 'loop'))
  symlinkSync('/etc/hostname', join(root, 'link.jpg'))
  const { library, session } = await startLibrary()
  expect(await takeIn(library, root)).toMatchObject({
    found: names.length,
    added: names.length,
    problems: [],
  })
  const photos = await allPhotos(session)
  expect(photos.map(({ path }) => basename(path)).sort()).toEqual([...names].sort())
  // A title is one line: what would break or command it is seen as such.
  expect(photos.map(({ title }) => title)).toContain('two\u{FFFD}lines.jpg')
})

test.skipIf(process.platform !== 'linux')(
  'a name that is not text is reported, and the rest goes on',
  async () => {
    const root = temporaryFolder()
    await drawPhotos(root, 1)
    writeFileSync(
      Buffer.concat([Buffer.from(join(root, 'caf')), Buffer.from([0xe9]), Buffer.from('.jpg')]),
      'x',
    )
    const { library } = await startLibrary()
    expect(await takeIn(library, root)).toMatchObject({ found: 2, added: 1, failed: 1 })
    expect((await library.failures()).map(({ reason }) => reason)).toEqual([
      'The name of this file is not UTF-8. Rename it.',
    ])
  },
)

test('a folder that is missing, a file, or our own data folder is refused in plain words', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 1)
  const { library, env } = await startLibrary()
  await expect(library.add([join(root, 'nope')])).rejects.toThrow(/There is no folder .*connect it first/)
  await expect(library.add([join(root, 'photo-0.jpg')])).rejects.toThrow(
    /is a file. Add the folder that it is in/,
  )
  await expect(library.add([env['CIMAISE_HOME'] ?? ''])).rejects.toThrow(/keeps its own data/)
  expect(await library.roots()).toEqual([])
})

test('a folder given twice, nested or around others is read once', async () => {
  const root = temporaryFolder()
  await drawPhotos(join(root, 'a/b'), 2)
  const { library, session } = await startLibrary()
  await takeIn(library, join(root, 'a/b'))
  await library.add([root, join(root, 'a'), root])
  await library.settled()
  expect(library.status()).toMatchObject({ found: 2, unchanged: 2 })
  expect((await library.roots()).map(({ path }) => path)).toEqual([root])
  expect(await takeIn(library, join(root, 'a'))).toMatchObject({ found: 2, unchanged: 2 })
  expect(await allPhotos(session)).toHaveLength(2)
})

test.skipIf(process.getuid?.() === 0)(
  'a folder that may not be read is reported, and the rest goes on (root may read all)',
  async () => {
    const root = temporaryFolder()
    await drawPhotos(root, 1)
    mkdirSync(join(root, 'locked'))
    chmodSync(join(root, 'locked'), 0)
    const { library } = await startLibrary()
    expect(await takeIn(library, root)).toMatchObject({
      added: 1,
      problems: [{ reason: 'You may not read this folder.' }],
    })
    chmodSync(join(root, 'locked'), 0o700)
  },
)

test('a decoder that is killed over a file costs that file only', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 12)
  const decoder = createDecoder(1)
  let killed = ''
  const read = async (path: string) => {
    const answer = decoder.read(path)
    if (!killed && decoder.pids().length > 0 && path.endsWith('photo-5.jpg')) {
      killed = path
      for (const pid of decoder.pids()) process.kill(pid, 'SIGKILL')
    }
    return answer
  }
  const { library } = await startLibrary({ watch: false, decoder: { ...decoder, read } })
  const { added, failed } = await takeIn(library, root)
  expect(killed).not.toBe('')
  expect(added + failed).toBe(12)
  expect(failed).toBeLessThanOrEqual(2)
  for (const { reason } of await library.failures()) expect(reason).toMatch(/decoder broke down/)
})

test('pausing holds the work, cancelling drops it, and the next import carries on', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 40)
  const { library, session } = await startLibrary()
  library.pause()
  await library.add([root])
  await expect.poll(() => library.status().found).toBe(40)
  expect(library.status().state).toBe('paused')
  library.cancel()
  await library.settled()
  expect(library.status()).toMatchObject({ state: 'idle', cancelled: true })
  const before = (await allPhotos(session)).length
  expect(before).toBeLessThan(40)
  expect(await takeIn(library, root)).toMatchObject({ added: 40 - before, unchanged: before })
})

test('samples are photographs in three albums that say by whom they are, and a second time nothing is added', async () => {
  const { library, session, env } = await startLibrary()
  await library.addSamples()
  await library.settled()
  expect((await listAlbums(session)).map(({ title, photos }) => [title, photos])).toEqual([
    ['At home', 4],
    ['Classics', 7],
    ['Outdoors', 5],
  ])
  const photos = await allPhotos(session)
  expect(photos.filter(({ creator, copyright, title }) => !creator || !copyright || !title)).toEqual([])
  const folder = join(env['CIMAISE_HOME'] ?? '', 'samples')
  const licences = readFileSync(join(folder, 'LICENCES.md'), 'utf8')
  const named = photos.map(({ path }) => relative(folder, path).replaceAll('\\', '/'))
  expect(named.filter((name) => !licences.includes(`\`${name}\``))).toEqual([])
  await library.addSamples()
  await library.settled()
  expect(library.status()).toMatchObject({ found: 16, unchanged: 16 })
})

import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import type { Decoder } from '../../../src/core/library/decode/pool.ts'
import { sharedDecoder } from '../../support/decoder.ts'
import { allPhotos, startLibrary, takeIn } from '../../support/library.ts'
import { drawPhoto, drawPhotos } from '../../support/pictures/photos.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** A decoder that does `around` its reading. */
const decoderWith = (
  around: (path: string, read: Decoder['read']) => ReturnType<Decoder['read']>,
): Decoder => {
  const decoder = sharedDecoder()
  return { ...decoder, read: (path) => around(path, decoder.read) }
}

/** Folders in folders until no path can name the innermost one; made from within, as the system allows that alone. */
const digDeep = (root: string) => {
  const script = `
    for (let n = 0; n < 20; n++) { const name = String(n).padEnd(240, '-'); fs.mkdirSync(name); process.chdir(name) }`
  spawnSync(process.execPath, ['-e', script], { cwd: root })
  onTestFinished(() => void spawnSync('rm', ['-rf', root]))
}

test.skipIf(process.platform !== 'linux')(
  'a folder that cannot be read is told of, and the rest goes on',
  async () => {
    const root = temporaryFolder()
    await drawPhotos(root, 2)
    digDeep(root)
    const { library } = await startLibrary()
    const { added, failed, problems } = await takeIn(library, root)
    expect({ added, failed }).toEqual({ added: 2, failed: 0 })
    expect(problems).toMatchObject([
      { path: expect.stringContaining(root) as string, reason: 'This folder cannot be read (ENAMETOOLONG).' },
    ])
  },
)

test.skipIf(process.platform !== 'linux')('a folder whose name is not text is told of', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 1)
  mkdirSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xe9, 0x74, 0xe9])]))
  const { library } = await startLibrary()
  const { added, problems } = await takeIn(library, root)
  expect(added).toBe(1)
  expect(problems.map(({ reason }) => reason)).toEqual(['The name of this folder is not UTF-8. Rename it.'])
})

/** Five thousand are some steps of everything that goes by steps; `MANY_FILES=100000` for as many as there may be. */
const manyFiles = Number(process.env['MANY_FILES'] ?? 5000)

test(`${manyFiles} files in one folder are taken in, and alike as they are each is a photo`, async () => {
  const root = temporaryFolder()
  const one = join(temporaryFolder(), 'one.jpg')
  await drawPhoto(one, { width: 40, height: 30 })
  const count = manyFiles
  for (let n = 0; n < count; n++) linkSync(one, join(root, `${n}.jpg`))
  const decoder = sharedDecoder()
  const known = await decoder.read(one)
  const { library, session } = await startLibrary({
    watch: false,
    decoder: { ...decoder, read: async () => known },
  })
  expect(await takeIn(library, root)).toMatchObject({
    found: count,
    done: count,
    added: count,
    failed: 0,
    problems: [],
  })
  expect((await listAlbums(session)).map(({ photos }) => photos)).toEqual([count])
  expect(await takeIn(library, root)).toMatchObject({ found: count, unchanged: count })
})

test('a file that is only half written when a scan meets it is read again once it is whole', async () => {
  const root = temporaryFolder()
  const [file, elsewhere] = [join(root, 'copying.jpg'), join(temporaryFolder(), 'whole.jpg')]
  await drawPhoto(elsewhere, { width: 1200, height: 800 })
  const whole = readFileSync(elsewhere)
  const half = whole.length >> 1
  const outcomes: string[] = []
  const decoder = decoderWith(async (path, read) => {
    if (outcomes.length === 0) {
      await read(elsewhere) // starting a decoder takes time, in which the file would grow old
      const { atime, mtime } = statSync(file)
      utimesSync(file, atime, mtime)
    }
    const result = await read(path)
    outcomes.push(result.kind)
    if (outcomes.length === 1) appendFileSync(file, whole.subarray(half))
    return result
  })
  const { library, session } = await startLibrary({ watch: false, decoder })
  writeFileSync(file, whole.subarray(0, half))
  expect(await takeIn(library, root)).toMatchObject({ found: 1, added: 1, failed: 0 })
  expect(outcomes).toEqual(['growing', 'photo'])
  expect((await allPhotos(session))[0]).toMatchObject({ width: 1200, damage: null, bytes: whole.length })
})

test('a file that stays cut in half is a photo all the same, with its damage told', async () => {
  const root = temporaryFolder()
  const file = join(root, 'cut.jpg')
  await drawPhoto(file, { width: 1200, height: 800 })
  writeFileSync(file, readFileSync(file).subarray(0, 3000))
  const { library, session } = await startLibrary()
  expect(await takeIn(library, root)).toMatchObject({ added: 1, failed: 0 })
  expect((await allPhotos(session))[0]).toMatchObject({
    width: 1200,
    damage: 'cut',
  })
})

test('a file that the system refused is read at the next scan although it did not change', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 1)
  let refused = false
  const decoder = decoderWith(async (path, read) => {
    if (refused) return read(path)
    refused = true
    return { kind: 'failed', text: { id: 'fileForbidden' }, again: true }
  })
  const { library } = await startLibrary({ watch: false, decoder })
  expect(await takeIn(library, root)).toMatchObject({ failed: 1 })
  expect(await library.failures()).toHaveLength(1)
  expect(await takeIn(library, root)).toMatchObject({ added: 1, failed: 0 })
  expect(await library.failures()).toEqual([])
})

test('a decoder that does not run is said once, and no file is blamed for it', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 5)
  let broken = true
  const decoder = decoderWith((path, read) =>
    broken ? Promise.reject(new Error('The decoder does not run.')) : read(path),
  )
  const { library } = await startLibrary({ watch: false, decoder })
  expect(await takeIn(library, root)).toMatchObject({
    failed: 5,
    problems: [{ reason: 'The decoder does not run.' }],
  })
  expect(await library.failures()).toEqual([])
  broken = false
  expect(await takeIn(library, root)).toMatchObject({ added: 5, failed: 0, problems: [] })
})

test('what was cancelled is neither done nor failed', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 20)
  const { library } = await startLibrary()
  library.pause()
  await library.add([root])
  await expect.poll(() => library.status().scanning).toBe(false)
  expect(library.status()).toMatchObject({ found: 20, done: 0, state: 'paused' })
  library.cancel()
  await library.settled()
  expect(library.status()).toMatchObject({
    found: 0,
    done: 0,
    failed: 0,
    problems: [],
    cancelled: true,
    state: 'idle',
  })
})

test('a copy on another drive is no move while the first drive is not there', async () => {
  const [parent, second] = [temporaryFolder(), temporaryFolder()]
  const drive = join(parent, 'drive')
  await drawPhotos(drive, 1)
  const { library, session } = await startLibrary()
  await takeIn(library, drive)
  copyFileSync(join(drive, 'photo-0.jpg'), join(second, 'copy.jpg'))
  renameSync(drive, join(parent, 'unplugged'))
  mkdirSync(drive) // the empty folder that it was mounted on
  expect(await takeIn(library, second)).toMatchObject({ added: 1, changed: 0 })
  expect((await allPhotos(session)).map(({ path }) => path).sort()).toEqual(
    [join(drive, 'photo-0.jpg'), join(second, 'copy.jpg')].sort(),
  )
})

test('what stands in Redis where an entry should be keeps no file out', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 1)
  const { gallery, session } = await startLibrary()
  const { redis, keys, account, host } = session
  await redis.hset(keys.library(account, host), join(root, 'photo-0.jpg'), 'ab\u0000\tc\t-\t{}')
  await redis.hset(keys.failures(account, host), join(root, 'photo-0.jpg'), '{"size":')
  const { openLibrary } = await import('../../../src/core/library/watched-library.ts')
  const library = await openLibrary(session, gallery.home, { watch: false, decoder: sharedDecoder() })
  onTestFinished(() => library.close())
  expect(await takeIn(library, root)).toMatchObject({ added: 1, failed: 0 })
  expect(await allPhotos(session)).toHaveLength(1)
})

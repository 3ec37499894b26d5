import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { cutPower, redisFolder, untilWritten } from '../../support/embedded.ts'
import { cleanEnvironment } from '../../support/gallery.ts'
import { albumWithPhotos } from '../../support/organise.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const filesOf = (env: NodeJS.ProcessEnv) => join(redisFolder(env), 'appendonlydir')
const changesOf = (env: NodeJS.ProcessEnv) => join(filesOf(env), 'appendonly.aof.1.incr.aof')

/** Everything in a folder of files. */
const contents = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'base64')]))

const copiesIn = (env: NodeJS.ProcessEnv) =>
  readdirSync(redisFolder(env)).filter((name) => name.startsWith('appendonlydir.damaged-'))

/** A gallery that lost its power: one album of before, one of after, and where the file ended between the two. */
const afterPowerCut = async (home = temporaryFolder('cimaise-home-')) => {
  const env = cleanEnvironment({ CIMAISE_HOME: home })
  const gallery = await openGallery({ env })
  const owner = await gallery.self()
  await albumWithPhotos(owner, 'Before', 5)
  await untilWritten(owner)
  const between = statSync(changesOf(env)).size
  await albumWithPhotos(owner, 'After', 3)
  await untilWritten(owner)
  await gallery.close() // or it would have the server started again
  await cutPower(env)
  return { env, between }
}

const openAgain = async (env: NodeJS.ProcessEnv) => {
  const gallery = await openGallery({ env })
  onTestFinished(() => gallery.close())
  const albums = (await listAlbums(await gallery.self())).map(({ title, photos }) => `${title} ${photos}`)
  return { gallery, albums }
}

const damages: [name: string, damage: (file: string, between: number) => void, albums: string[]][] = [
  ['zeros at its end', (file) => appendFileSync(file, Buffer.alloc(5000)), ['After 3', 'Before 5']],
  [
    'garbage at its end',
    (file) => appendFileSync(file, Buffer.from('\x07{"[*$9!'.repeat(99))),
    ['After 3', 'Before 5'],
  ],
  [
    'half a transaction at its end',
    (file) => appendFileSync(file, '*1\r\n$5\r\nMULTI\r\n*3\r\n$3\r\nSET\r\n$1\r\nx\r\n$100\r\nonly so mu'),
    ['After 3', 'Before 5'],
  ],
  [
    'a hole in its midst',
    (file, between) => {
      const bytes = readFileSync(file)
      writeFileSync(file, bytes.fill(0, between, between + 64))
    },
    ['Before 5'],
  ],
  [
    'a length in its midst that reaches beyond its end',
    (file, between) => {
      const bytes = readFileSync(file)
      bytes.write('*9', bytes.indexOf('*', between), 'latin1')
      writeFileSync(file, bytes)
    },
    ['Before 5'],
  ],
]

test.each(damages)(
  'an append-only file with %s: a copy is kept, what was lost is said in numbers, and the gallery opens with the rest',
  async (_, damage, albums) => {
    const { env, between } = await afterPowerCut()
    damage(changesOf(env), between)
    const damaged = contents(filesOf(env))
    const { gallery, albums: found } = await openAgain(env)
    expect(found).toEqual(albums)
    const [copy = '', ...others] = copiesIn(env)
    expect(others).toEqual([])
    expect(contents(join(redisFolder(env), copy))).toEqual(damaged)
    const [note] = await gallery.notes()
    expect(note).toMatchObject({ what: 'Append-only file', state: 'warning' })
    expect(note?.detail).toMatch(
      /^[\d,]+ bytes at the end of appendonly\.aof\.1\.incr\.aof could not be read/,
    )
    expect(note?.detail).toContain(copy)
    expect(readFileSync(join(redisFolder(env), 'keeper.log'), 'utf8')).toContain(note?.detail)
  },
)

test('zeros are counted to the byte, and what was cut off once is not cut off again', async () => {
  const { env } = await afterPowerCut()
  appendFileSync(changesOf(env), Buffer.alloc(1234))
  const first = await openAgain(env)
  expect((await first.gallery.notes())[0]?.detail).toMatch(/^1,234 bytes at the end/)
  await first.gallery.close()
  await cutPower(env)
  expect((await openAgain(env)).albums).toEqual(['After 3', 'Before 5'])
  expect(copiesIn(env)).toHaveLength(1)
})

test('damage before the last of several files: what comes after it is not built on a hole', async () => {
  const { env, between } = await afterPowerCut()
  const bytes = readFileSync(changesOf(env))
  const manifest = join(filesOf(env), 'appendonly.aof.manifest')
  writeFileSync(changesOf(env), Buffer.concat([bytes.subarray(0, between), Buffer.alloc(10)]))
  const next = changesOf(env).replace('aof.1.incr', 'aof.2.incr')
  writeFileSync(next, bytes.subarray(between))
  appendFileSync(manifest, 'file appendonly.aof.2.incr.aof seq 2 type i\n')
  const { gallery, albums } = await openAgain(env)
  expect(albums).toEqual(['Before 5'])
  expect((await gallery.notes())[0]?.detail).toContain(
    `${(10 + bytes.length - between).toLocaleString('en')} bytes`,
  )
})

test('a damaged base cannot be mended: says to restore a backup, and changes nothing', async () => {
  const { env } = await afterPowerCut()
  const base = join(filesOf(env), 'appendonly.aof.1.base.rdb')
  writeFileSync(base, readFileSync(base).fill(0, 20, 60))
  const damaged = contents(filesOf(env))
  await expect(openGallery({ env })).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringMatching(/base file in .* is damaged.*restore a backup/) as string,
  })
  expect(contents(filesOf(env))).toEqual(damaged)
})

test.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)(
  'a disk without room for the copy: nothing is cut, and how much has to be freed is said (only root can mount a small disk)',
  async ({ skip }) => {
    const disk = join(temporaryFolder(), 'disk')
    mkdirSync(disk)
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', disk], { stdio: 'ignore' })
    } catch {
      return skip('nothing may be mounted here')
    }
    onTestFinished(() => void execFileSync('umount', ['-l', disk], { stdio: 'ignore' }))
    const { env } = await afterPowerCut(join(disk, 'home'))
    appendFileSync(changesOf(env), Buffer.alloc(3000))
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(9 * 1024 * 1024))
    const damaged = contents(filesOf(env))
    await expect(openGallery({ env })).rejects.toMatchObject({
      message: expect.stringMatching(/^The last 3,000 bytes .* no room: free [\d,]+ bytes/) as string,
    })
    expect(contents(filesOf(env))).toEqual(damaged)
    truncateSync(join(disk, 'ballast'))
    expect((await openAgain(env)).albums).toEqual(['After 3', 'Before 5'])
  },
)

import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, onTestFinished, test } from 'vitest'
import { createDecoder, type Decoder } from '../../../src/core/library/decode/pool.ts'
import { drawPhoto } from '../../support/pictures/photos.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const startDecoder = () => {
  const decoder = createDecoder(1)
  onTestFinished(() => decoder.close())
  return decoder
}

/** A picture that takes the decoder long enough to be killed over it. */
const drawLarge = async (file: string) => {
  const side = 9000
  await sharp({ create: { width: side, height: side, channels: 3, background: '#468' } })
    .png({ compressionLevel: 1 })
    .toFile(file)
}

/** Kills a decoder process that was not killed yet, as soon as there is one. */
const killNext = async (decoder: Decoder, killed: Set<number>) => {
  const fresh = () => decoder.pids().find((pid) => !killed.has(pid))
  await expect.poll(fresh, { interval: 10, timeout: 20_000 }).toBeDefined()
  const pid = fresh() ?? 0
  killed.add(pid)
  process.kill(pid, 'SIGKILL')
}

test('a decoder process that is killed over a file gets a second chance with it', async () => {
  const file = join(temporaryFolder(), 'large.png')
  await drawLarge(file)
  const decoder = startDecoder()
  const reading = decoder.read(file)
  await killNext(decoder, new Set())
  expect(await reading).toMatchObject({ kind: 'photo', photo: { fields: { width: '9000' } } })
})

test('a file over which the decoder breaks down twice has failed, and the next one is read', async () => {
  const folder = temporaryFolder()
  await drawLarge(join(folder, 'large.png'))
  await drawPhoto(join(folder, 'small.jpg'))
  const decoder = startDecoder()
  const reading = decoder.read(join(folder, 'large.png'))
  const killed = new Set<number>()
  await killNext(decoder, killed)
  await killNext(decoder, killed)
  const text = { id: 'decoderBroke' }
  expect(await reading).toEqual({ kind: 'failed', text, again: false })
  expect(await decoder.read(join(folder, 'small.jpg'))).toMatchObject({ kind: 'photo' })
})

test('Ctrl-C in the terminal does not end the decoder in the midst of a file', async () => {
  const folder = temporaryFolder()
  await drawPhoto(join(folder, 'small.jpg'))
  await drawLarge(join(folder, 'large.png'))
  const decoder = startDecoder()
  await decoder.read(join(folder, 'small.jpg'))
  const before = decoder.pids()
  const reading = decoder.read(join(folder, 'large.png'))
  for (const pid of before) process.kill(pid, 'SIGINT')
  expect(await reading).toMatchObject({ kind: 'photo' })
  expect(decoder.pids()).toEqual(before)
})

test('a decoder process is given none of our secrets', async () => {
  const file = join(temporaryFolder(), 'a.jpg')
  await drawPhoto(file)
  process.env['CIMAISE_PASSWORD'] = 'a secret'
  onTestFinished(() => {
    delete process.env['CIMAISE_PASSWORD']
  })
  const decoder = startDecoder()
  await decoder.read(file)
  const { stdout } = spawnSync('ps', ['eww', '-o', 'command=', '-p', String(decoder.pids()[0])], {
    encoding: 'utf8',
  })
  expect(stdout).toContain('decoder.js')
  expect(stdout).not.toContain('a secret')
})

test.skipIf(process.platform === 'win32')(
  'a pipe in the place of a file is passed over and holds up no other file',
  async () => {
    const pipe = join(temporaryFolder(), 'pipe.jpg')
    spawnSync('mkfifo', [pipe])
    expect(await startDecoder().read(pipe)).toEqual({ kind: 'gone' })
  },
)

test('what a file says of its photo may be nonsense, and the photo is read all the same', async () => {
  const file = join(temporaryFolder(), 'odd.jpg')
  const long = 'M\u0001\n'.repeat(400)
  await sharp({ create: { width: 40, height: 30, channels: 3, background: '#468' } })
    .withExif({
      IFD0: { Make: long, Model: ' \t ' },
      IFD2: { DateTimeOriginal: '2024:99:99 99:99:99', FNumber: '1/0', ISOSpeedRatings: '200' },
      IFD3: {
        GPSLatitude: '500/1 0/1 0/1',
        GPSLatitudeRef: 'N',
        GPSLongitude: '8/1 0/1 0/1',
        GPSLongitudeRef: 'E',
      },
    })
    .jpeg()
    .toFile(file)
  const result = await startDecoder().read(file)
  if (result.kind !== 'photo') throw new Error(JSON.stringify(result))
  const { fields } = result.photo
  expect(fields).toMatchObject({ width: '40', height: '30', type: 'image/jpeg', iso: '200' })
  expect(fields).not.toHaveProperty('taken')
  expect(fields).not.toHaveProperty('aperture')
  expect(fields).not.toHaveProperty('lat')
  expect(fields['camera']?.length).toBeLessThanOrEqual(200)
  expect(fields['camera']).not.toMatch(/\p{Cc}/u)
})

test('the type is told by the content and not by the name', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'really-webp.jpg')
  writeFileSync(
    file,
    await sharp({ create: { width: 9, height: 9, channels: 4, background: '#46880080' } })
      .webp()
      .toBuffer(),
  )
  expect(await startDecoder().read(file)).toMatchObject({
    kind: 'photo',
    photo: { fields: { type: 'image/webp' } },
  })
})

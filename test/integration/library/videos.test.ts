import { spawnSync } from 'node:child_process'
import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { expect, onTestFinished, test } from 'vitest'
import { createDecoder } from '../../../src/core/library/decode/pool.ts'
import { findFfmpeg } from '../../../src/core/library/decode/video/ffmpeg.ts'
import { mendThumbs } from '../../../src/core/thumbnails/mend.ts'
import { sharedDecoder } from '../../support/decoder.ts'
import { allPhotos, startLibrary, takeIn } from '../../support/library.ts'
import { writeSidecar } from '../../support/sidecars.ts'
import { digestOfFile, drawVideo, videoBytes } from '../../support/pictures/videos.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const ffmpeg = findFfmpeg()

/** A decoder, and reading by it of what must be a video. */
const started = (decoder = sharedDecoder()) => {
  const read = async (file: string) => {
    const result = await decoder.read(file)
    if (result.kind !== 'photo') throw new Error(`${file}: ${JSON.stringify(result)}`)
    return result.photo
  }
  return { decoder, read, folder: temporaryFolder() }
}

/** A decoder on a machine without ffmpeg. */
const withoutFfmpeg = () => {
  const path = process.env['PATH']
  process.env['PATH'] = dirname(process.execPath)
  onTestFinished(() => {
    process.env['PATH'] = path
  })
  const decoder = createDecoder(1)
  onTestFinished(() => decoder.close())
  return started(decoder)
}

/** Makes a video by ffmpeg: a test picture of 320 × 180 for some seconds. */
const film = (file: string, options: string[], seconds = 2) => {
  const source = ['-f', 'lavfi', '-i', `testsrc2=size=320x180:rate=10:duration=${seconds}`]
  const { status, stderr } = spawnSync(ffmpeg ?? '', ['-y', '-nostdin', ...source, ...options, file])
  if (status !== 0) throw new Error(stderr.toString())
}

/** Mean of red, green and blue of a thumbnail. */
const meanOf = async (thumb: Uint8Array) =>
  (await sharp(thumb).stats()).channels.slice(0, 3).map(({ mean }) => mean)

test('a video is taken in by its content, whatever it is called: size, duration, codec, date', async () => {
  const { read, folder } = started()
  const file = join(folder, 'film.jpg')
  drawVideo(file)
  const { fields, digest, bytes, time } = await read(file)
  expect(fields).toMatchObject({
    ...{ type: 'video/webm', width: '160', height: '90', duration: '3', codecs: 'vp8' },
    taken: '2024-05-06T07:08:09+00:00',
  })
  expect([digest, bytes, time]).toEqual([
    digestOfFile(file),
    videoBytes().length,
    Date.UTC(2024, 4, 6, 7, 8, 9),
  ])
})

test('where there is no ffmpeg a video has a drawing of its shape for a thumbnail, and all its facts', async () => {
  const { read, folder } = withoutFfmpeg()
  const file = join(folder, 'film.webm')
  drawVideo(file)
  const { fields, thumb } = await read(file)
  expect(fields).toMatchObject({ drawn: '1', width: '160', duration: '3' })
  const { width, height } = await sharp(thumb).metadata()
  expect(width / height).toBeCloseTo(160 / 90, 1)
  const [red = 0, green = 0, blue = 0] = await meanOf(thumb)
  expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(3)
})

test.skipIf(!ffmpeg)('with ffmpeg the thumbnail is a frame of the video', async () => {
  const { read, folder } = started()
  const file = join(folder, 'film.webm')
  drawVideo(file)
  const { fields, thumb } = await read(file)
  expect(fields).not.toHaveProperty('drawn')
  const [red = 0, , blue = 0] = await meanOf(thumb)
  expect(blue).toBeGreaterThan(red + 30)
})

test('when a video was taken is read without its pictures, as an import from a card asks', async () => {
  const { decoder, folder } = started()
  drawVideo(join(folder, 'film.webm'))
  expect(await decoder.taken(join(folder, 'film.webm'))).toBe('2024-05-06T07:08:09+00:00')
})

test.skipIf(!ffmpeg)(
  'a video that was drawn for want of ffmpeg gets its frame by a repair once it is there',
  async () => {
    const { folder, decoder } = withoutFfmpeg()
    drawVideo(join(folder, 'film.webm'))
    const { gallery, session, library } = await startLibrary({ watch: false, decoder })
    await takeIn(library, folder, 'Films')
    const record = async () => {
      const [{ album, id } = { album: '', id: '' }] = await allPhotos(session)
      return session.redis.hgetall(session.keys.photo(album, id))
    }
    const before = await record()
    expect(before['drawn']).toBe('1')
    process.env['PATH'] = `${process.env['PATH'] ?? ''}:${dirname(ffmpeg ?? '')}`
    expect(await mendThumbs(session, gallery.home)).toEqual({ mended: 1, left: 0 })
    const after = await record()
    expect([after['drawn'], after['thumb'] === before['thumb']]).toEqual([undefined, false])
  },
)

test.skipIf(!ffmpeg)('a film that begins in the dark is shown by a later frame', async () => {
  const { read, folder } = started()
  const file = join(folder, 'dark.mp4')
  film(file, ['-vf', 'drawbox=enable=lt(t\\,3):t=fill:color=black', '-c:v', 'mpeg4'], 8)
  const { thumb } = await read(file)
  expect(Math.max(...(await meanOf(thumb)))).toBeGreaterThan(60)
})

test.skipIf(!ffmpeg).each([
  ['mp4', ['-c:v', 'mpeg4'], 'video/mp4'],
  ['mov', ['-c:v', 'mjpeg'], 'video/quicktime'],
  ['mkv', ['-c:v', 'mpeg4'], 'video/x-matroska'],
  ['avi', ['-c:v', 'mjpeg'], 'video/x-msvideo'],
  ['mts', ['-c:v', 'libx264', '-f', 'mpegts', '-mpegts_m2ts_mode', '1'], 'video/mp2t'],
])('%s files are read, and have a frame', async (ending, options, type) => {
  const { read, folder } = started()
  const file = join(folder, `film.${ending}`)
  film(file, options)
  const { fields } = await read(file)
  expect(fields).toMatchObject({ type, width: '320', height: '180' })
  expect(Number(fields['duration'])).toBeCloseTo(2, 0)
  expect(fields).not.toHaveProperty('drawn')
})

test.skipIf(!ffmpeg)('a film that was held upright is upright, and so is its frame', async () => {
  const { read, folder } = started()
  const [lying, upright] = [join(folder, 'lying.mov'), join(folder, 'upright.mov')]
  film(lying, ['-c:v', 'mpeg4'])
  spawnSync(ffmpeg ?? '', [
    ...['-y', '-nostdin', ...(isOld() ? [] : ['-display_rotation', '90']), '-i', lying, '-c', 'copy'],
    ...(isOld() ? ['-metadata:s:v', 'rotate=90'] : []),
    upright,
  ])
  const { fields, thumb } = await read(upright)
  expect([fields['width'], fields['height']]).toEqual(['180', '320'])
  const { width, height } = await sharp(thumb).metadata()
  expect(height).toBeGreaterThan(width)
})

/** Before version 6 a rotation was given as a tag. */
const isOld = () => {
  const { stdout } = spawnSync(ffmpeg ?? '', ['-version'])
  return Number(/version n?(\d+)/.exec(stdout.toString())?.[1] ?? 0) < 6
}

test('a playlist that is called a video reads no other file, and is none', async () => {
  const { decoder, folder } = started()
  drawVideo(join(folder, 'secret.webm'))
  const lists = {
    'concat.mp4': "ffconcat version 1.0\nfile 'secret.webm'\n",
    'list.mkv': '#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\nsecret.webm\n#EXT-X-ENDLIST\n',
  }
  for (const [name, text] of Object.entries(lists)) {
    writeFileSync(join(folder, name), text)
    expect(await decoder.read(join(folder, name))).toMatchObject({
      kind: expect.stringMatching(/failed|growing/) as unknown,
    })
  }
})

test('what a sidecar says of a video stands over what its container says', async () => {
  const { decoder, folder } = started()
  const file = join(folder, 'a.webm')
  drawVideo(file)
  const sidecar = `${file}.xmp`
  writeSidecar(sidecar, {
    title: 'Waves',
    rating: 4,
    tags: ['sea'],
    more: '<exif:DateTimeOriginal>2001-02-03T04:05:06</exif:DateTimeOriginal>',
  })
  const own = await decoder.read(file)
  const read = await decoder.read(file, [sidecar])
  if (own.kind !== 'photo' || read.kind !== 'photo') throw new Error('the video should have been read')
  expect(own.photo).toMatchObject({ said: { title: '' }, beside: '-' })
  expect(read.photo).toMatchObject({
    said: { title: 'Waves', rating: '4', tags: ['sea'] },
    fields: { ...own.photo.fields, taken: '2001-02-03T04:05:06', guessed: expect.any(String) as string },
  })
  expect(await decoder.metadata(file, [sidecar])).toMatchObject({
    kind: 'metadata',
    metadata: { said: read.photo.said, time: read.photo.time, state: { beside: read.photo.beside } },
  })
})

test('a video that was cut off before its index says so', async () => {
  const { decoder, folder } = started()
  const file = join(folder, 'cut.mp4')
  const box = Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42\0\x10\0\0mdat', 'latin1')
  writeFileSync(file, Buffer.concat([box, Buffer.alloc(5000)]))
  await expect
    .poll(() => decoder.read(file), { timeout: 10_000 })
    .toEqual({ kind: 'failed', text: { id: 'videoDamaged' }, again: false })
})

test('a video larger than any memory for photos is read in pieces', async () => {
  const { read, folder } = started()
  const [file, length] = [join(folder, 'long.webm'), 1024 ** 3 + 1]
  drawVideo(file)
  truncateSync(file, length) // sparse: zeroes that take no room on the disk
  const { bytes, fields } = await read(file)
  expect([bytes, fields['width']]).toEqual([length, '160'])
})

test('bytes that are changed anywhere in a video cost no more than that video', async () => {
  const { decoder, folder } = started()
  const whole = videoBytes()
  for (let n = 0; n < 40; n++) {
    const bytes = Buffer.from(whole)
    for (let k = 0; k < 5; k++) bytes[(n * 7919 + k * 104_729) % 400] = (n * 31 + k * 17) % 256
    writeFileSync(join(folder, `${n}.webm`), bytes)
    const result = await decoder.read(join(folder, `${n}.webm`))
    expect(['photo', 'failed', 'growing']).toContain(result.kind)
  }
  expect(readFileSync(join(folder, '0.webm'))).not.toEqual(whole)
})

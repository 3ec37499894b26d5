import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, onTestFinished, test } from 'vitest'
import { publish } from '../../../src/core/access/grants.ts'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { setWatermark, watermarkSetting } from '../../../src/core/gallery/watermark.ts'
import { listPhotos } from '../../../src/core/photos/photos.ts'
import { leastShown } from '../../../src/shared/domain/visitor-switches.ts'
import { change } from '../../support/organise.ts'
import { drawVideo } from '../../support/pictures/videos.ts'
import { logIn, startServer } from '../../support/server.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const size = { width: 3000, height: 2000 }
const grounds = { white: 255, grey: 128, black: 0 }
const marked = { ...leastShown, watermark: true }

/** A picture of one colour; a film beside them. */
const draw = async (root: string) => {
  for (const [name, light] of Object.entries(grounds)) {
    const background = { r: light, g: light, b: light }
    const plain = sharp({ create: { ...size, channels: 3, background } })
    await (name === 'grey' ? plain.toColourspace('b-w') : plain)
      .jpeg()
      .toFile(join(root, 'Grounds', `${name}.jpg`))
  }
  drawVideo(join(root, 'Grounds', 'film.webm'))
}

/** A server that has no fonts of the system, with a public album whose pictures carry a watermark. */
const served = async () => {
  const root = temporaryFolder()
  mkdirSync(join(root, 'Grounds'))
  await draw(root)
  const noFonts = join(temporaryFolder(), 'fonts.conf')
  writeFileSync(noFonts, '<fontconfig/>')
  const server = await startServer(['--watch', root], { FONTCONFIG_FILE: noFonts })
  const gallery = await openGallery({ env: server.env })
  onTestFinished(() => gallery.close())
  const [owner, cookie] = [await gallery.self(), await logIn(server)]
  await expect.poll(async () => (await listAlbums(owner))[0]?.photos, { timeout: 60_000 }).toBe(4)
  const album = (await listAlbums(owner))[0]?.id ?? ''
  await expect
    .poll(async () => (await listPhotos(owner, album, 0, 10)).filter(({ digest }) => digest).length, {
      timeout: 60_000,
    })
    .toBe(4)
  await publish(owner, album, true, marked)
  const photos = await listPhotos(owner, album, 0, 10)
  const photoOf = (name: string) => photos.find(({ title }) => title.startsWith(name))
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(server.origin + path, { headers })
    return {
      ...{ status: answer.status, headers: answer.headers },
      bytes: Buffer.from(await answer.arrayBuffer()),
    }
  }
  const preview = (name: string, as = '', px = 1280) => {
    const { id = '', digest } = photoOf(name) ?? {}
    return get(`/preview/${px}/${digest}?photo=${album}/${id}`, as === '' ? {} : { cookie: as })
  }
  return { owner, cookie, album, server, photoOf, get, preview }
}

const statsOf = async (bytes: Buffer) => {
  const { channels } = await sharp(bytes).stats()
  return { mean: channels[0]?.mean ?? 0, stdev: channels[0]?.stdev ?? 0 }
}

test('visitors get marked pictures and members plain ones, each by the same address', async () => {
  const { owner, cookie, album, server, photoOf, get, preview } = await served()
  const { id = '', digest } = photoOf('white') ?? {}

  // Seen on light and dark ground, where there are no fonts; and little of the picture is covered.
  await setWatermark(owner, '© Anna Berg')
  for (const [name, light] of Object.entries(grounds))
    for (const px of [640, 1280, 2560]) {
      const { mean, stdev } = await statsOf((await preview(name, '', px)).bytes)
      expect(stdev, `${name} ${px}`).toBeGreaterThan(3)
      expect(Math.abs(mean - light), `${name} ${px}`).toBeLessThan(12)
      expect((await statsOf((await preview(name, cookie, px)).bytes)).stdev, `${name} ${px}`).toBeLessThan(1)
    }

  // What a member's browser keeps for ever is not what visitors are given, and is not told to be that.
  const [plain, given] = [await preview('white', cookie), await preview('white')]
  expect(plain.headers.get('cache-control')).toContain('immutable')
  expect(given.headers.get('cache-control')).toBe('private, no-cache')
  const etag = plain.headers.get('etag') ?? ''
  expect((await preview('white', cookie)).headers.get('etag')).toBe(etag)
  const asked = await get(`/preview/1280/${digest}?photo=${album}/${id}`, { 'if-none-match': etag })
  expect([asked.status, asked.bytes.equals(given.bytes)]).toEqual([200, true])
  const again = { 'if-none-match': given.headers.get('etag') ?? '' }
  expect((await get(`/preview/1280/current?photo=${album}/${id}`, again)).status).toBe(304)
  const kept = readdirSync(join(server.env['CIMAISE_HOME'] ?? '', 'cache', 'previews'), { recursive: true })
  expect(kept.map(String).filter((file) => file.includes(`${digest}-1280`))).toHaveLength(2)

  // Other words are another picture, in any script; those of before are not sent.
  for (const words of ['<b>&amp;"\'', 'أحمد ٢٠٢٦', '© 山田写真']) {
    await setWatermark(owner, words)
    const other = await get(`/preview/1280/current?photo=${album}/${id}`, again)
    expect(other.status, words).toBe(200)
    expect((await statsOf(other.bytes)).stdev, words).toBeGreaterThan(2)
  }

  // Whatever is asked for: the original of a hand-written record, a download of an adjusted photo, pieces, a film.
  await owner.redis.hset(owner.keys.publicSwitches, album, 'place camera original watermark')
  await change(owner, [{ kind: 'edit', album, field: 'adjust', values: [{ photo: id, to: 'r90' }] }])
  for (const path of [`/original/${album}/${id}`, `/original/${album}/${id}?download`]) {
    const { bytes } = await get(path)
    const { width, height } = await sharp(bytes).metadata()
    expect(Math.max(width, height), path).toBe(2560)
    expect((await statsOf(bytes)).stdev, path).toBeGreaterThan(2)
  }
  const film = photoOf('film')?.id ?? ''
  for (const path of [
    `/tile/1-0-0/${digest}?photo=${album}/${id}`,
    ...['', '?download', '?film'].map((query) => `/original/${album}/${film}${query}`),
    `/preview/1280/current?photo=${album}/${film}`,
  ])
    expect((await get(path)).status, path).toBeGreaterThanOrEqual(400)
  const { bytes } = await get(`/original/${album}/${id}?download`, { cookie })
  expect((await sharp(bytes).metadata()).width).toBe(3000)

  // Once it is off, pictures are as they are.
  await publish(owner, album, true, leastShown)
  expect((await statsOf((await preview('white')).bytes)).stdev).toBeLessThan(1)
})

test('words that cannot be drawn are refused, and count as none where they stand in a record', async () => {
  const gallery = await openGallery({ env: (await startServer()).env })
  onTestFinished(() => gallery.close())
  const owner = await gallery.self()
  for (const words of ['한국어', 'a\u202Eb', 'a'.repeat(10_000)])
    await expect(setWatermark(owner, words)).rejects.toMatchObject({ code: 'INVALID' })
  await setWatermark(owner, '© Anna')
  expect((await watermarkSetting(owner)).words).toBe('© Anna')
  for (const hostile of ['a\nb', 'x'.repeat(10_000), '한국어', '']) {
    await owner.redis.hset(owner.keys.meta, 'watermark', hostile)
    expect((await watermarkSetting(owner)).words).toBeNull()
  }
  await setWatermark(owner, null)
  const { words, usual } = await watermarkSetting(await gallery.guest())
  expect([words, usual.startsWith('©')]).toEqual([null, true])
})

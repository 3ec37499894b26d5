import { createHash } from 'node:crypto'
import { readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, onTestFinished, test } from 'vitest'
import { publish } from '../../../src/core/access/grants.ts'
import { PreviewCache } from '../../../src/core/previews/preview-cache.ts'
import { createWeb } from '../../../src/router/assets.ts'
import type { PreviewSize } from '../../../src/shared/domain/preview-sizes.ts'
import { previewUrl, tileUrl, urgencyHeader } from '../../../src/shared/domain/preview-address.ts'
import { divisorsOf, placeOf, tilesIn, type Tile } from '../../../src/shared/domain/tiles.ts'
import type { PhotoDetails } from '../../../src/shared/schemas/photo.ts'
import { addAccount, grant } from '../../support/accounts.ts'
import { sharedDecoder } from '../../support/decoder.ts'
import { allPhotos, startLibrary, takeIn, type TestLibrary } from '../../support/library.ts'
import { change } from '../../support/organise.ts'
import { drawPhoto } from '../../support/pictures/photos.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const lasting = 'private, max-age=31536000, immutable'

/** Serves the previews of a library; `made` has the size of each that was decoded, in their order. */
const serve = ({ gallery, library, session }: TestLibrary) => {
  const decoder = sharedDecoder()
  const made: PreviewSize[] = []
  const cut: string[] = []
  const folder = join(gallery.home.path, 'cache', 'previews')
  const web = createWeb({
    rendererDir: temporaryFolder(),
    precompressed: false,
    originals: library.originals,
    previewCache: new PreviewCache(folder, { maxBytes: 1e9 }),
    decoder: {
      ...decoder,
      preview: (path, identity, size, mark) => {
        made.push(size)
        return decoder.preview(path, identity, size, mark)
      },
      tiles: (path, identity, into) => {
        cut.push(path)
        return decoder.tiles(path, identity, into)
      },
    },
  })
  const get = async (
    url: string,
    who = session,
    headers: Record<string, string> = {},
    gone?: AbortSignal,
  ) => {
    const env = { session: who, ...(gone ? { gone } : {}) }
    const response = await web.fetch(new Request(new URL(url, 'http://x'), { headers }), env)
    return {
      status: response.status,
      headers: response.headers,
      body: Buffer.from(await response.arrayBuffer()),
    }
  }
  return { made, cut, get, folder }
}

const started = async (draw: (root: string) => Promise<unknown>) => {
  const root = temporaryFolder()
  await draw(root)
  const opened = await startLibrary()
  await takeIn(opened.library, root, 'Photos')
  const photos = await allPhotos(opened.session)
  const named = (title: string) => photos.find((photo) => photo.title === title) as PhotoDetails
  return { ...opened, ...serve(opened), root, photos, named }
}

test('a preview has the wanted size and the colours of its thumbnail, upright, and never more pixels than the photo', async () => {
  const { get, named } = await started(async (root) => {
    const wide = sharp({ create: { width: 3000, height: 2000, channels: 3, background: '#3366aa' } })
    await wide.withIccProfile('p3').withMetadata({ orientation: 6 }).jpeg().toFile(join(root, 'turned.jpg'))
    await drawPhoto(join(root, 'small.jpg'), { width: 900, height: 600 })
    const clear = { r: 200, g: 30, b: 30, alpha: 0.5 }
    await sharp({ create: { width: 800, height: 700, channels: 4, background: clear } })
      .png()
      .toFile(join(root, 'clear.png'))
  })
  const sizeOf = async (title: string, size: PreviewSize) => {
    const { body, headers } = await get(previewUrl(named(title), size))
    const { width, height, format, hasAlpha } = await sharp(body).metadata()
    expect(headers.get('content-type')).toBe(`image/${format}`)
    return [width, height, hasAlpha]
  }
  expect(await sizeOf('turned.jpg', 640)).toEqual([427, 640, false])
  expect(await sizeOf('turned.jpg', 2560)).toEqual([1707, 2560, false])
  expect(await sizeOf('small.jpg', 2560)).toEqual([900, 600, false])
  expect(await sizeOf('clear.png', 1280)).toEqual([800, 700, true])
  const colour = async (url: string) => [
    ...(await sharp((await get(url)).body)
      .resize(1, 1)
      .removeAlpha()
      .raw()
      .toBuffer()),
  ]
  const turned = named('turned.jpg')
  const thumb = await colour(`/thumb/${turned.thumb ?? ''}?photo=${turned.album}/${turned.id}`)
  const preview = await colour(previewUrl(turned, 1280))
  expect(Math.max(...preview.map((value, i) => Math.abs(value - (thumb[i] ?? 0))))).toBeLessThan(6)
})

test('a preview is made once for all who ask, kept on the disk, and served from there when its original is away', async () => {
  const all = await started((root) => drawPhoto(join(root, 'a.jpg'), { width: 1500, height: 1000 }))
  const { get, made, root, folder, photos } = all
  const [photo] = photos as [PhotoDetails]
  const answers = await Promise.all(Array.from({ length: 20 }, () => get(previewUrl(photo, 640))))
  expect(
    answers.every(({ status, headers }) => status === 200 && headers.get('cache-control') === lasting),
  ).toBe(true)
  expect(made).toEqual([640])
  expect(readdirSync(folder, { recursive: true })).toHaveLength(2)
  renameSync(join(root, 'a.jpg'), `${root}.away.jpg`)
  onTestFinished(() => renameSync(`${root}.away.jpg`, join(root, 'a.jpg')))
  const later = serve(all)
  expect((await later.get(previewUrl(photo, 640))).body).toEqual(answers[0]?.body)
  expect((await later.get(previewUrl(photo, 1280))).status).toBe(404)
  expect(later.made).toEqual([])
})

test('an address that names another content is answered with what is there, to be asked for again', async () => {
  const { get, photos, made } = await started((root) => drawPhoto(join(root, 'a.jpg')))
  const [photo] = photos as [PhotoDetails]
  const old = await get(previewUrl({ ...photo, digest: 'x'.repeat(43) }, 640))
  expect([old.status, old.headers.get('cache-control')]).toEqual([200, 'private, no-cache'])
  const etag = old.headers.get('etag') ?? ''
  const again = await get(previewUrl({ ...photo, digest: null }, 640), undefined, { 'if-none-match': etag })
  expect([again.status, again.body.length]).toEqual([304, 0])
  expect(made).toHaveLength(1)
})

test('a file that changed since it was taken in is shown, and kept nowhere', async () => {
  const { get, photos, root, folder } = await started((folder) => drawPhoto(join(folder, 'a.jpg')))
  await drawPhoto(join(root, 'a.jpg'), { hue: 200, width: 700 })
  const { status, headers, body } = await get(previewUrl(photos[0] as PhotoDetails, 640))
  expect([status, headers.get('cache-control'), headers.get('etag')]).toEqual([200, 'no-store', null])
  expect((await sharp(body).metadata()).width).toBe(640)
  expect(() => readdirSync(folder)).toThrow('ENOENT')
})

test('the right is asked for each time, also of what is kept and of what the browser has', async () => {
  const { gallery, session, get, photos } = await started((root) => drawPhoto(join(root, 'a.jpg')))
  const [photo] = photos as [PhotoDetails]
  const { session: ana } = await addAccount(gallery, session, 'ana')
  const url = previewUrl(photo, 640)
  expect((await get(url, ana)).status).toBe(403)
  await grant(session, 'ana', { [photo.album]: 'read' })
  const etag = (await get(url, ana)).headers.get('etag') ?? ''
  await grant(session, 'ana', { [photo.album]: 'none' })
  expect((await get(url, ana)).status).toBe(403)
  expect((await get(url, ana, { 'if-none-match': etag })).status).toBe(403)
  expect((await get(url, await gallery.guest())).status).toBe(403)
})

test('guests see previews of public albums, and none of what is in their trash', async () => {
  const { gallery, session, get, photos } = await started((root) => drawPhoto(join(root, 'a.jpg')))
  const [{ album, id }] = photos as [PhotoDetails]
  const guest = await gallery.guest()
  await publish(session, album, true)
  const url = previewUrl(photos[0] as PhotoDetails, 640)
  expect((await get(url, guest)).status).toBe(200)
  await change(session, [{ kind: 'trash', album, photos: [id] }])
  expect((await get(url, guest)).status).toBe(404)
  expect((await get(url)).status).toBe(200)
})

test('what no preview can be made of is refused, and not decoded over and over', async () => {
  const { get, photos, made, root } = await started((folder) => drawPhoto(join(folder, 'a.jpg')))
  const [photo] = photos as [PhotoDetails]
  writeFileSync(
    join(root, 'a.jpg'),
    Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(3000)]),
  )
  expect((await get(previewUrl(photo, 640))).status).toBe(415)
  expect((await get(previewUrl(photo, 640))).status).toBe(415)
  expect(made).toHaveLength(1)
  for (const url of ['/preview/641/x?photo=a~abcdef/1', `/preview/640/${photo.digest ?? ''}`, '/preview/640'])
    expect((await get(url)).status).toBe(404)
})

test('a caller who has gone is given nothing to wait for', async () => {
  const { get, photos, made } = await started((root) => drawPhoto(join(root, 'a.jpg')))
  const gone = AbortSignal.abort()
  const url = previewUrl(photos[0] as PhotoDetails, 640)
  expect((await get(url, undefined, { [urgencyHeader]: 'ahead' }, gone)).status).toBe(499)
  expect(made).toEqual([])
})

test('of a picture that moves there is no preview, so that its original is shown', async () => {
  const { get, named } = await started(async (root) => {
    const frame = (hue: number) =>
      sharp({ create: { width: 700, height: 500, channels: 3, background: `hsl(${hue} 50% 50%)` } })
        .png()
        .toBuffer()
    const frames = await Promise.all([20, 200].map(frame))
    await sharp(frames, { join: { animated: true } })
      .gif()
      .toFile(join(root, 'moves.gif'))
    await sharp(frames[0]).gif().toFile(join(root, 'stands.gif'))
  })
  expect((await get(previewUrl(named('moves.gif'), 640))).status).toBe(415)
  expect((await get(previewUrl(named('stands.gif'), 640))).status).toBe(200)
})

test('tiles put together are the photo, upright, at each size, and all of them are cut at once', async () => {
  const { get, cut, photos, folder } = await started(async (root) => {
    const halves = `<svg xmlns="http://www.w3.org/2000/svg" width="2900" height="2000">
      <rect width="2900" height="2000" fill="#a03030"/><rect width="1450" height="1000" fill="#3050b0"/></svg>`
    await sharp(Buffer.from(halves)).withMetadata({ orientation: 6 }).jpeg().toFile(join(root, 'turned.jpg'))
  })
  const [photo] = photos as [PhotoDetails]
  expect([photo.width, photo.height]).toEqual([2000, 2900])
  const colourIn = async (tile: Tile, left: number, top: number) => {
    const { status, headers, body } = await get(tileUrl(photo, tile))
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      'image/jpeg',
      lasting,
    ])
    const { width, height } = await sharp(body).metadata()
    const place = placeOf(tile, photo)
    expect([width, height]).toEqual([place.width / tile.divisor, place.height / tile.divisor])
    const [red = 0, , blue = 0] = await sharp(body)
      .extract({ left, top, width: 1, height: 1 })
      .raw()
      .toBuffer()
    return red > blue ? 'red' : 'blue'
  }
  expect(divisorsOf(photo)).toEqual([1])
  const all = tilesIn(photo, 1, { left: 0, top: 0, width: 2000, height: 2900 })
  expect(all).toHaveLength(6)
  // Turned by a quarter to the right, the blue quarter is at the upper right.
  expect(await colourIn({ divisor: 1, column: 0, row: 0 }, 900, 100)).toBe('red')
  expect(await colourIn({ divisor: 1, column: 1, row: 0 }, 100, 100)).toBe('blue')
  expect(await colourIn({ divisor: 1, column: 1, row: 1 }, 900, 500)).toBe('red')
  expect(cut).toHaveLength(1)
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([])
  // What is no tile of it is refused, and has nothing cut again.
  for (let n = 0; n < 3; n++)
    expect((await get(tileUrl(photo, { divisor: 1, column: 7, row: n }))).status).toBe(415)
  expect(cut.length).toBeLessThanOrEqual(2)
})

test('the right to a tile is asked for each time', async () => {
  const { gallery, session, get, photos } = await started((root) => drawPhoto(join(root, 'a.jpg')))
  const [photo] = photos as [PhotoDetails]
  const url = tileUrl(photo, { divisor: 1, column: 0, row: 0 })
  expect((await get(url)).status).toBe(200)
  const { session: ana } = await addAccount(gallery, session, 'ana')
  expect((await get(url, ana)).status).toBe(403)
  await grant(session, 'ana', { [photo.album]: 'read' })
  expect((await get(url, ana)).status).toBe(200)
})

test('a kept preview is the same, byte by byte, as the one that was made', async () => {
  const { get, photos, made } = await started((root) => drawPhoto(join(root, 'a.jpg'), { width: 1400 }))
  const digest = async () =>
    createHash('sha256')
      .update((await get(previewUrl(photos[0] as PhotoDetails, 1280))).body)
      .digest('hex')
  expect(await digest()).toBe(await digest())
  expect(made).toHaveLength(1)
})

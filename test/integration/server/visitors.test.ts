import { join } from 'node:path'
import sharp from 'sharp'
import { expect, onTestFinished, test } from 'vitest'
import { publish } from '../../../src/core/access/grants.ts'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { listPhotos } from '../../../src/core/photos/photos.ts'
import { leastShown } from '../../../src/shared/domain/visitor-switches.ts'
import { change } from '../../support/organise.ts'
import { drawPhoto } from '../../support/pictures/photos.ts'
import { drawVideo, videoBytes } from '../../support/pictures/videos.ts'
import { startServer } from '../../support/server.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** A server with a public album of a photo and a film. */
const served = async () => {
  const root = temporaryFolder()
  await drawPhoto(join(root, 'Harbour', 'boat.jpg'), { width: 1200, height: 800 })
  drawVideo(join(root, 'Harbour', 'film.webm'))
  const server = await startServer(['--watch', root])
  const gallery = await openGallery({ env: server.env })
  onTestFinished(() => gallery.close())
  const owner = await gallery.self()
  await expect.poll(async () => (await listAlbums(owner))[0]?.photos, { timeout: 60_000 }).toBe(2)
  const album = (await listAlbums(owner))[0]?.id ?? ''
  await publish(owner, album, true)
  const idOf = async (title: string) =>
    (await listPhotos(owner, album, 0, 10)).find((photo) => photo.title === title)?.id ?? ''
  const get = (photo: string, query = '', headers: Record<string, string> = {}) =>
    fetch(`${server.origin}/original/${album}/${photo}${query}`, { headers })
  return { owner, album, idOf, get }
}

const everything = { place: true, camera: true, marks: true, download: 'original' as const }

test('a film is given to guests only where nothing that stands in its file is hidden', async () => {
  const { owner, album, idOf, get } = await served()
  const film = await idOf('film.webm')
  for (const shows of [leastShown, { ...everything, place: false }, { ...everything, camera: false }]) {
    await publish(owner, album, true, shows)
    for (const query of ['', '?download', '?film'])
      expect((await get(film, query)).status).toBeGreaterThan(400)
  }
  await publish(owner, album, true, everything)
  expect(Buffer.from(await (await get(film)).arrayBuffer())).toEqual(videoBytes())
})

test('what a guest downloads is the photo as it is shown, under its name, and is not sent again to who has it', async () => {
  const { owner, album, idOf, get } = await served()
  const boat = await idOf('boat.jpg')
  await change(owner, [
    { kind: 'edit', album, field: 'title', values: [{ photo: boat, to: 'The boat' }] },
    { kind: 'turn', album, photos: [boat], quarters: 1 },
  ])
  await publish(owner, album, true, { ...leastShown, download: 'original' })
  const saved = await get(boat, '?download')
  expect(saved.headers.get('content-disposition')).toContain('boat.jpg')
  const bytes = Buffer.from(await saved.arrayBuffer())
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 800, height: 1200 })
  expect(bytes.includes('The boat')).toBe(true)
  expect(bytes.includes('Test')).toBe(false)
  const etag = (await get(boat)).headers.get('etag') ?? ''
  expect((await get(boat, '', { 'if-none-match': etag })).status).toBe(304)
  await publish(owner, album, true, { ...leastShown, camera: true, download: 'original' })
  expect((await get(boat, '', { 'if-none-match': etag })).status).toBe(200)
})

import { copyFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import sharp from 'sharp'
import { checkGallery } from '../../../src/core/maintenance/check-gallery.ts'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import { filesOf } from '../../../src/core/stacks/stack-files.ts'
import { setStackSetting, stackSetting } from '../../../src/core/stacks/stack-setting.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { allPhotos, reopen, startLibrary, takeIn } from '../../support/library.ts'
import { change, findings } from '../../support/organise.ts'
import { drawPhoto } from '../../support/pictures/photos.ts'
import { drawDng } from '../../support/pictures/raw-samples.ts'
import { drawLiveFilm, drawLivePicture } from '../../support/pictures/live-photo.ts'
import { drawVideo } from '../../support/pictures/videos.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** A DNG that says when it was taken by no tag of its own. */
const drawRaw = (file: string, width = 64) => writeFileSync(file, drawDng({ width, height: 64 }))

const taken = '2024:05:06 07:08:09'

const begin = async (...names: string[]) => {
  const folder = temporaryFolder('cimaise-pairs-')
  for (const [i, name] of names.entries())
    if (/dng$/i.test(name)) drawRaw(`${folder}/${name}`, 64 + 2 * i)
    else await drawPhoto(`${folder}/${name}`, { hue: 40 * i, taken })
  return { folder, ...(await startLibrary()) }
}

/** The files of each photo that shows, by name. */
const shown = async (session: Session) => {
  const photos = await allPhotos(session)
  const files = await Promise.all(photos.map(({ album, id }) => filesOf(session, album, id)))
  return files.map((some) => some.map(({ name }) => name)).sort()
}

test('a RAW and its picture are one photo, and others stay by themselves', async () => {
  const { session, library, folder } = await begin('IMG_1.JPG', 'img_1.dng', 'IMG_2.JPG', 'IMG_3.dng')
  const status = await takeIn(library, folder)
  expect(status).toMatchObject({ added: 4, failed: 0 })
  expect(await shown(session)).toEqual([['IMG_1.JPG', 'img_1.dng'], ['IMG_2.JPG'], ['IMG_3.dng']])
  expect((await listAlbums(session)).map(({ photos }) => photos)).toEqual([3])
  const stacks = (await allPhotos(session)).flatMap(({ stack }) => stack ?? [])
  expect(stacks).toMatchObject([{ kind: 'raw', files: 2, formats: ['RAW', 'JPEG'], film: null }])
  expect(await checkGallery(session, { repair: false })).toEqual([])
})

test.each([['IMG_1.JPG'], ['IMG_1.dng']])('it does not matter that %s came first', async (name) => {
  const { session, library, folder } = await begin('IMG_1.JPG', 'IMG_1.dng')
  const other = temporaryFolder('cimaise-later-')
  const late = name === 'IMG_1.JPG' ? 'IMG_1.dng' : 'IMG_1.JPG'
  renameSync(`${folder}/${late}`, `${other}/${late}`)
  await takeIn(library, folder)
  expect(await shown(session)).toEqual([[name]])
  renameSync(`${other}/${late}`, `${folder}/${late}`)
  await library.rescan()
  await library.settled()
  expect(await shown(session)).toEqual([['IMG_1.JPG', 'IMG_1.dng']])
})

test('a picture and its film are one photo, whose film is known; a film of another time is a photo of its own', async () => {
  const folder = temporaryFolder('cimaise-pairs-')
  for (const name of ['live', 'other'])
    await drawPhoto(`${folder}/${name}.jpg`, {
      hue: name.length,
      taken: name === 'live' ? '2024:05:06 09:08:09' : '2024:05:06 10:08:09',
    })
  drawVideo(`${folder}/live.webm`)
  drawVideo(`${folder}/other.webm`, Buffer.alloc(1))
  const { session, library } = await startLibrary()
  await takeIn(library, folder)
  expect(await shown(session)).toEqual([['live.jpg', 'live.webm'], ['other.jpg'], ['other.webm']])
  const [live] = (await allPhotos(session)).filter(({ stack }) => stack)
  const files = await filesOf(session, live?.album ?? '', live?.id ?? '')
  expect(live?.stack).toEqual({
    kind: 'live',
    files: 2,
    formats: ['JPEG', 'WEBM'],
    film: files[1]?.id,
  })
})

test('an edited copy shows before what it was made of', async () => {
  const { session, library, folder } = await begin(
    'IMG_1234.JPG',
    'IMG_E1234.JPG',
    'a.jpg',
    'a-edit.jpg',
    'a.dng',
  )
  await takeIn(library, folder)
  expect(await shown(session)).toEqual([
    ['IMG_E1234.JPG', 'IMG_1234.JPG'],
    ['a-edit.jpg', 'a.jpg', 'a.dng'],
  ])
})

test('what a user took apart stays apart, also for the next start', async () => {
  const started = await begin('IMG_1.JPG', 'IMG_1.dng')
  const { session, library, folder } = started
  await takeIn(library, folder)
  const [photo] = await allPhotos(session)
  const files = await filesOf(session, photo?.album ?? '', photo?.id ?? '')
  const photos = files.slice(1).map(({ id }) => id)
  await change(session, [{ kind: 'unstack', album: photo?.album ?? '', lead: photo?.id ?? '', photos }])
  expect(await shown(session)).toEqual([['IMG_1.JPG'], ['IMG_1.dng']])
  await library.rescan()
  await library.settled()
  const again = await reopen(started)
  await takeIn(again, folder)
  expect(await shown(session)).toEqual([['IMG_1.JPG'], ['IMG_1.dng']])
})

test('pairs of an older gallery become one at the next start, but for those on which something was entered', async () => {
  const started = await begin('IMG_1.JPG', 'IMG_1.dng', 'IMG_2.JPG', 'IMG_2.dng')
  const { session, library, folder } = started
  await setStackSetting(session, 'off')
  await takeIn(library, folder)
  expect(await shown(session)).toHaveLength(4)
  const rated = (await allPhotos(session)).find(({ path }) => path.endsWith('IMG_2.dng'))
  await change(session, [
    {
      kind: 'edit',
      album: rated?.album ?? '',
      field: 'rating',
      values: [{ photo: rated?.id ?? '', to: '3' }],
    },
  ])
  await setStackSetting(session, 'picture')
  await takeIn(await reopen(started), folder)
  expect(await shown(session)).toEqual([['IMG_1.JPG', 'IMG_1.dng'], ['IMG_2.JPG'], ['IMG_2.dng']])
})

test('the setting says what shows', async () => {
  const { session, library, folder } = await begin('IMG_1.JPG', 'IMG_1.dng')
  expect(await stackSetting(session)).toBe('picture')
  await setStackSetting(session, 'raw')
  await takeIn(library, folder)
  expect(await shown(session)).toEqual([['IMG_1.dng', 'IMG_1.JPG']])
})

test('where the file of the one that shows goes another one shows, with what was entered, until it is back', async () => {
  const { session, library, folder } = await begin('IMG_1.JPG', 'IMG_1.dng')
  await takeIn(library, folder)
  const [photo] = await allPhotos(session)
  await change(session, [
    {
      kind: 'edit',
      album: photo?.album ?? '',
      field: 'rating',
      values: [{ photo: photo?.id ?? '', to: '4' }],
    },
    { kind: 'tag', album: photo?.album ?? '', photos: [photo?.id ?? ''], add: ['Sea'], remove: [] },
  ])
  const away = `${temporaryFolder('cimaise-away-')}/IMG_1.JPG`
  copyFileSync(`${folder}/IMG_1.JPG`, away)
  rmSync(`${folder}/IMG_1.JPG`)
  await library.rescan()
  await library.settled()
  expect(await shown(session)).toEqual([['IMG_1.dng', 'IMG_1.JPG']])
  expect(await allPhotos(session)).toMatchObject([{ rating: 4, tags: ['Sea'], missing: false }])
  expect(await findings(session)).toEqual([])
  copyFileSync(away, `${folder}/IMG_1.JPG`)
  await library.rescan()
  await library.settled()
  expect(await shown(session)).toEqual([['IMG_1.JPG', 'IMG_1.dng']])
  expect(await allPhotos(session)).toMatchObject([{ id: photo?.id, rating: 4, tags: ['Sea'] }])
  expect(await findings(session)).toEqual([])
})

test('files go on living while they are behind: renamed and edited they stay what they are', async () => {
  const { session, library, folder } = await begin('IMG_1.JPG', 'IMG_1.dng')
  await takeIn(library, folder)
  renameSync(`${folder}/IMG_1.dng`, `${folder}/Other.dng`)
  await sharp({ create: { width: 80, height: 50, channels: 3, background: 'red' } })
    .jpeg()
    .toFile(`${folder}/IMG_1.JPG`)
  await library.rescan()
  await library.settled()
  expect(await shown(session)).toEqual([['IMG_1.JPG', 'Other.dng']])
  expect(await allPhotos(session)).toMatchObject([{ width: 80, height: 50 }])
  expect(await findings(session)).toEqual([])
})

test('while folders are followed a file that comes later is put to the other', async () => {
  const folder = temporaryFolder('cimaise-pairs-')
  await drawPhoto(`${folder}/IMG_1.JPG`, { taken })
  const { session, library } = await startLibrary({ watch: true })
  await takeIn(library, folder)
  drawRaw(`${folder}/IMG_1.dng`)
  await expect.poll(() => shown(session), { timeout: 20_000 }).toEqual([['IMG_1.JPG', 'IMG_1.dng']])
})

const [live, other] = ['1745E022-9712-43C7-B024-F308EC6413CB', '570F1469-09C7-4E50-9875-05F21D5BD166']

test('a live photo stays one when its files were renamed, and takes no film of another', async () => {
  const { session, library, folder } = await begin()
  await drawLivePicture(`${folder}/Beach.jpg`, live, '2019:01:02 03:04:05')
  await drawLiveFilm(`${folder}/waves.mp4`, live.toLowerCase())
  await drawLivePicture(`${folder}/Town.jpg`, other, '2018:01:02 03:04:05')
  expect(await takeIn(library, folder)).toMatchObject({ added: 3, failed: 0 })
  expect(await shown(session)).toEqual([['Beach.jpg', 'waves.mp4'], ['Town.jpg']])
  await drawLiveFilm(`${folder}/square.mp4`, other)
  await takeIn(library, folder)
  expect(await shown(session)).toEqual([
    ['Beach.jpg', 'waves.mp4'],
    ['Town.jpg', 'square.mp4'],
  ])
  expect(await findings(session)).toEqual([])
})

test('what an older version took in of a live photo is read for it, and becomes one', async () => {
  const { session, library, folder, gallery } = await begin()
  await drawLivePicture(`${folder}/Beach.jpg`, live, '2019:01:02 03:04:05')
  await takeIn(library, folder)
  await library.close()
  const { redis, keys, account, host } = session
  const key = keys.library(account, host)
  const path = `${folder}/Beach.jpg`
  const entry = (await redis.hget(key, path)) ?? ''
  await redis.hset(key, path, entry.split('\t').slice(0, 8).join('\t'))
  await drawLiveFilm(`${folder}/waves.mp4`, live)
  const again = await reopen({ gallery, session })
  await takeIn(again, folder)
  await expect.poll(() => shown(session)).toEqual([['Beach.jpg', 'waves.mp4']])
})

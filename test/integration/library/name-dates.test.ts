import { renameSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import type { Session } from '../../../src/core/gallery/session.ts'
import { change, findings } from '../../support/organise.ts'
import { drawPhoto } from '../../support/pictures/photos.ts'
import { allPhotos, reopen, startLibrary, takeIn } from '../../support/library.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const [dated, named, plain] = ['20200101_010101.jpg', 'IMG_20240506_070809.jpg', 'plain.jpg']

/** A folder with a photo that says its date, one whose name does, and one of neither. */
const start = async () => {
  const root = temporaryFolder()
  await drawPhoto(join(root, dated), { hue: 10, taken: '2019:02:03 04:05:06' })
  await drawPhoto(join(root, named), { hue: 20 })
  await drawPhoto(join(root, plain), { hue: 30 })
  const started = await startLibrary()
  await takeIn(started.library, root)
  return { ...started, root }
}

const dates = async (session: Session) =>
  Object.fromEntries(
    (await allPhotos(session)).map(({ path, takenAt, datedByName }) => [
      basename(path),
      datedByName ? `by name ${takenAt ?? ''}` : takenAt,
    ]),
  )

const without = { [dated]: '2019-02-03T04:05:06+02:00', [named]: null, [plain]: null }
const withNames = { ...without, [named]: 'by name 2024-05-06T07:08:09' }

test('names tell no dates unless that is switched on, and none when it is switched off again', async () => {
  const { library, session, root } = await start()
  expect(await dates(session)).toEqual(without)
  expect(await library.setNameDates(root, true)).toMatchObject([{ nameDates: true }])
  await library.settled()
  expect(await dates(session)).toEqual(withNames)
  expect(library.status()).toMatchObject({ changed: 1, failed: 0 })
  expect(await findings(session)).toEqual([])
  await library.setNameDates(root, false)
  await library.settled()
  expect(await dates(session)).toEqual(without)
})

test('a date in a name is found in what comes later, and after a restart, and stands behind what users enter', async () => {
  const started = await start()
  const { library, session, root } = started
  await library.setNameDates(root, true)
  await library.settled()
  const photo = (await allPhotos(session)).find(({ path }) => basename(path) === named)
  if (!photo) throw new Error('there should be a photo')
  const values = [{ photo: photo.id, to: '2001-01-01T00:00:00+00:00' }]
  await change(session, [{ kind: 'edit', album: photo.album, field: 'dated', values }])
  await library.close()
  const again = await reopen(started)
  await drawPhoto(join(root, '2022-03-04 05.06.07.jpg'), { hue: 50 })
  await takeIn(again, root)
  expect(await dates(session)).toEqual({
    ...{ ...withNames, [named]: '2001-01-01T00:00:00+00:00' },
    '2022-03-04 05.06.07.jpg': 'by name 2022-03-04T05:06:07',
  })
})

test('a photo whose file gets another name gets the date of that', async () => {
  const { library, session, root } = await start()
  await library.setNameDates(root, true)
  await library.settled()
  renameSync(join(root, named), join(root, 'IMG-20210908-WA0001.jpg'))
  renameSync(join(root, plain), join(root, '20230102.jpg'))
  await library.rescan()
  await library.settled()
  expect(await dates(session)).toEqual({
    ...{ [dated]: without[dated], 'IMG-20210908-WA0001.jpg': 'by name 2021-09-08' },
    '20230102.jpg': 'by name 2023-01-02',
  })
})

test('a folder that is not registered has no such choice', async () => {
  const { library } = await start()
  await expect(library.setNameDates('/nowhere/at/all', true)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

import { expect, test } from 'vitest'
import { listActivity } from '../../../src/core/events/activity.ts'
import { showPhoto } from '../../../src/core/photos/photos.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import type { Change } from '../../../src/shared/schemas/change.ts'
import { startGallery } from '../../support/gallery.ts'
import { albumWithPhotos, change, findings } from '../../support/organise.ts'

const start = async (count: number) => {
  const { gallery } = await startGallery()
  const session = await gallery.self()
  return { session, ...(await albumWithPhotos(session, 'Corsica', count)) }
}

const adjust = (album: string, photos: string[], to: string | null): Change => ({
  kind: 'edit',
  album,
  field: 'adjust',
  values: photos.map((photo) => ({ photo, to })),
})

const shapeOf = async (session: Session, album: string, photo: string | undefined) => {
  const { width, height, adjusted } = await showPhoto(session, album, photo ?? '')
  return { width, height, by: adjusted?.by ?? null }
}

test('each picture is turned from how it is shown, and undone it is as before', async () => {
  const { session, album, photos } = await start(3)
  const [first, second, third] = photos
  await change(session, [adjust(album, [second ?? ''], 'r270_c0.0.5000.5000_m')])
  const done = await change(session, [{ kind: 'turn', album, photos, quarters: 1 }])
  expect(done).toMatchObject({ changed: 3, skipped: 0 })
  expect(await shapeOf(session, album, first)).toEqual({ width: 4000, height: 6000, by: 'r90' })
  expect(await shapeOf(session, album, second)).toEqual({
    width: 3000,
    height: 2000,
    by: 'c5000.0.5000.5000_m',
  })
  await change(session, done.undo, 'strict')
  expect(await shapeOf(session, album, first)).toEqual({ width: 6000, height: 4000, by: null })
  expect((await shapeOf(session, album, second)).by).toBe('r270_c0.0.5000.5000_m')
  expect((await shapeOf(session, album, third)).by).toBeNull()
  expect(await findings(session)).toEqual([])
})

test('the size of the whole picture is told beside the one that is shown', async () => {
  const { session, album, photos } = await start(1)
  await change(session, [adjust(album, photos, 'c1000.1000.5000.2500')])
  expect(await showPhoto(session, album, photos[0] ?? '')).toMatchObject({
    width: 3000,
    height: 1000,
    adjusted: { by: 'c1000.1000.5000.2500', width: 6000, height: 4000 },
  })
})

test.each(['r45', 'e75_r90', 'c0.0.1.1', '<script>', '../../r90'])('%j is refused', async (text) => {
  const { session, album, photos } = await start(1)
  await expect(change(session, [adjust(album, photos, text)])).rejects.toMatchObject({ code: 'INVALID' })
})

test('what was written by hand in its place counts as not adjusted, is turned from there, and is no sound record', async () => {
  const { session, album, photos } = await start(1)
  const [photo = ''] = photos
  const { redis, keys } = session
  await redis.hset(keys.photo(album, photo), 'adjust', 'm_r90')
  expect(await shapeOf(session, album, photo)).toEqual({ width: 6000, height: 4000, by: null })
  expect((await findings(session)).length).toBeGreaterThan(0)
  await change(session, [{ kind: 'turn', album, photos, quarters: 3 }])
  expect((await shapeOf(session, album, photo)).by).toBe('r270')
})

test('a turn that another session was quicker with is made once where it is undone strictly', async () => {
  const { session, album, photos } = await start(1)
  const done = await change(session, [{ kind: 'turn', album, photos, quarters: 1 }])
  await change(session, [adjust(album, photos, 'e100')])
  await expect(change(session, done.undo, 'strict')).rejects.toMatchObject({ code: 'CONFLICT' })
  expect((await shapeOf(session, album, photos[0])).by).toBe('e100')
})

test('videos are not turned', async () => {
  const { session, album, photos } = await start(2)
  const [film = '', picture] = photos
  const { redis, keys } = session
  await redis.hset(keys.photo(album, film), 'type', 'video/mp4')
  expect(await change(session, [{ kind: 'turn', album, photos, quarters: 1 }])).toMatchObject({ changed: 1 })
  expect((await shapeOf(session, album, film)).by).toBeNull()
  expect((await shapeOf(session, album, picture)).by).toBe('r90')
})

test('who did it is told among the activities', async () => {
  const { session, album, photos } = await start(2)
  await change(session, [{ kind: 'turn', album, photos, quarters: 1 }])
  const [latest] = await listActivity(session, album, 1)
  expect(latest).toMatchObject({ what: 'edited', field: 'adjust', to: 'r90', photos: 2 })
})

import { expect, test } from 'vitest'
import { createAlbum } from '../../../src/core/albums/create-album.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { pageOfPhotos, photoRefs } from '../../../src/core/photos/photos.ts'
import { timelineOf } from '../../../src/core/photos/timeline.ts'
import { timeOf } from '../../../src/core/photos/photo-dates.ts'
import { parseRef } from '../../../src/shared/domain/refs.ts'
import type { PhotoFilter } from '../../../src/shared/schemas/photo.ts'
import { addAccount, grant } from '../../support/accounts.ts'
import { startGallery } from '../../support/gallery.ts'
import { change } from '../../support/organise.ts'

/** An album whose photos were taken then; what is no date stands at that of its file. */
const album = async (
  session: Session,
  title: string,
  photos: { taken?: string; time: string | number }[],
) => {
  const { redis, keys } = session
  const { id } = await createAlbum(session, { title })
  for (const [n, { taken = '', time }] of photos.entries()) {
    const photo = `${id.replace(/\W/g, '').slice(-6)}${String(n).padStart(4, '0')}`
    await redis.zadd(keys.albumPhotos(id), typeof time === 'number' ? time : Date.parse(time), photo)
    await redis.hset(keys.photo(id, photo), { name: `${title}-${n}.jpg`, path: `/photos/${n}`, taken })
  }
  return id
}

const shot = (taken: string) => ({ taken, time: taken })
const view = (filter: PhotoFilter = {}, descending = true, only: string | null = null) => ({
  album: only,
  sort: 'taken' as const,
  descending,
  filter,
})

const start = async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const home = await album(owner, 'Home', [
    shot('2019-06-01T10:00:00+02:00'),
    shot('2019-05-31T10:00:00+02:00'),
    { time: '2019-06-20T10:00:00Z' },
    { taken: '1978', time: '1978-01-01T00:00:00Z' },
  ])
  // In New York it is still May, and in UTC June, while Home has its first photo of June.
  const away = await album(owner, 'Away', [shot('2019-05-31T23:30:00-04:00')])
  return { gallery, owner, home, away }
}

test('photos are counted by the clock where they were taken, in the order of the view', async () => {
  const { owner } = await start()
  const months = await timelineOf(owner, view(), 'month')
  expect(months.sections).toEqual([
    { date: '2019-06', photos: 2 },
    { date: '2019-05', photos: 2 },
    { date: '1978', photos: 1 },
  ])
  const days = await timelineOf(owner, view({}, false), 'day')
  expect(days.sections.map(({ date }) => date)).toEqual(['1978', '2019-05-31', '2019-06-01', '2019-06-20'])
  expect(days.sections.reduce((sum, { photos }) => sum + photos, 0)).toBe(5)
})

test('what is known by its year or month alone stands before what was taken then, in a section of its own', async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  for (const offset of ['+00:00', '+09:00', '-11:00']) {
    const dates = [
      '2011',
      '2011-01',
      '2011-01-01',
      `2011-01-01T00:00:00${offset}`,
      '2011-06',
      '2011-06-01',
      '2010-12-31',
    ]
    const only = await album(
      owner,
      `Scans ${offset}`,
      dates.map((taken) => ({ taken, time: timeOf({ taken, guessed: offset }) })),
    )
    const sections = async (by: 'month' | 'day') =>
      (await timelineOf(owner, view({}, false, only), by)).sections.map(({ date, photos }) => [date, photos])
    const months = [
      ['2010-12', 1],
      ['2011', 1],
      ['2011-01', 3],
      ['2011-06', 2],
    ]
    expect(await sections('month'), offset).toEqual(months)
    const days = ['2010-12-31', '2011', '2011-01', '2011-01-01', '2011-06', '2011-06-01']
    expect(
      (await sections('day')).map(([date]) => date),
      offset,
    ).toEqual(days)
    const { photos } = await pageOfPhotos(owner, view({}, false, only), 0, 10)
    expect(photos.slice(0, 3).map(({ takenAt }) => takenAt)).toEqual(['2010-12-31', '2011', '2011-01'])
    const found = await pageOfPhotos(
      owner,
      view({ from: '2011-01-01', to: '2011-12-31' }, false, only),
      0,
      10,
    )
    expect(found.total).toBe(6)
    expect(
      (await pageOfPhotos(owner, view({ text: '"Scans" january 2011' }, false, only), 0, 10)).total,
    ).toBe(3)
  }
})

test('photos that nothing dates are counted by themselves, and can be looked at alone; a year alone is a date', async () => {
  const { owner } = await start()
  expect((await timelineOf(owner, view(), 'month')).undated).toBe(1)
  const only = view({ undated: true })
  expect((await pageOfPhotos(owner, only, 0, 10)).photos.map(({ title }) => title)).toEqual(['Home-2.jpg'])
  expect(await timelineOf(owner, only, 'month')).toEqual({ sections: [{ date: '', photos: 1 }], undated: 1 })
})

test('a timeline is that of what the caller may see, and of what the filter leaves', async () => {
  const { gallery, owner, home, away } = await start()
  const { session: ana } = await addAccount(gallery, owner, 'ana')
  await grant(owner, 'ana', { [away]: 'read' })
  expect((await timelineOf(ana, view(), 'month')).sections).toEqual([{ date: '2019-05', photos: 1 }])
  await expect(timelineOf(ana, view({}, true, home), 'month')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  expect((await timelineOf(owner, view({ from: '2019-06-01' }), 'month')).sections).toEqual([
    { date: '2019-06', photos: 1 },
  ])
})

test('a view that no date orders has no timeline', async () => {
  const { owner } = await start()
  expect(await timelineOf(owner, { ...view(), sort: 'name' }, 'month')).toEqual({ sections: [], undated: 0 })
})

test('a collection by date has the timeline of those of its photos that the caller may see', async () => {
  const { gallery, owner, home, away } = await start()
  const made = await change(owner, [{ kind: 'create-collection', title: 'Prints' }])
  const collection = made.collection ?? ''
  const refs = await photoRefs(owner, view({}, false), 0, 10)
  const values = [refs[0], refs[2], refs[3]].map((ref) => ({ photo: parseRef(ref ?? '').id, at: null }))
  await change(owner, [{ kind: 'collect', collection, values }])
  const collected = { ...view(), collection }
  expect((await timelineOf(owner, collected, 'month')).sections).toEqual([
    { date: '2019-06', photos: 1 },
    { date: '2019-05', photos: 1 },
    { date: '1978', photos: 1 },
  ])
  const { session: ana } = await addAccount(gallery, owner, 'ana')
  await grant(owner, 'ana', { [away]: 'read' })
  await expect(timelineOf(ana, collected, 'month')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await grant(owner, 'ana', { [collection]: 'read' })
  expect((await timelineOf(ana, collected, 'month')).sections).toEqual([{ date: '2019-05', photos: 1 }])
  await grant(owner, 'ana', { [home]: 'read', [away]: 'none' })
  const { sections } = await timelineOf(ana, { ...collected, filter: { from: '2019-01-01' } }, 'month')
  expect(sections).toEqual([{ date: '2019-06', photos: 1 }])
})

import { expect, test } from 'vitest'
import { countDays } from '../../../src/core/photos/days.ts'
import { pageOfPhotos } from '../../../src/core/photos/photos.ts'
import { createAlbum } from '../../../src/core/albums/create-album.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { addAccount, grant } from '../../support/accounts.ts'
import { startGallery } from '../../support/gallery.ts'

const album = async (session: Session, title: string, dates: string[]) => {
  const { redis, keys } = session
  const { id } = await createAlbum(session, { title })
  for (const [n, taken] of dates.entries()) {
    const photo = `${id.replace(/\W/g, '').slice(-6)}${String(n).padStart(4, '0')}`
    await redis.zadd(keys.albumPhotos(id), Date.parse(taken) || 0, photo)
    await redis.hset(keys.photo(id, photo), {
      name: `${title}-${n}.jpg`,
      path: `/photos/${n}`,
      taken,
      rating: n,
    })
  }
  return id
}

const view = (filter = {}, only: string | null = null) => ({
  ...{ album: only, sort: 'name' as const, descending: false, filter },
})

test('days are counted by the clock where photos were taken, and a filter by one shows as many', async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  // The last of the first album is of another day in UTC; a year alone is counted as one.
  const home = await album(owner, 'Home', ['2019-06-02T10:00:00+02:00', '1978', '2019-06-01T23:30:00-04:00'])
  const away = await album(owner, 'Away', ['2019-06-01T08:00:00+02:00', ''])
  const all = [
    { day: '1978', photos: 1 },
    { day: '2019-06-01', photos: 2 },
    { day: '2019-06-02', photos: 1 },
  ]
  expect(await countDays(owner, view())).toEqual(all)
  for (const { day, photos } of all.slice(1))
    expect((await pageOfPhotos(owner, view({ from: day, to: day }), 0, 10)).total).toBe(photos)
  expect(await countDays(owner, view({ rating: 2 }))).toEqual([{ day: '2019-06-01', photos: 1 }])
  expect(await countDays(owner, { ...view(), trash: true })).toEqual([])
  const { session: ana } = await addAccount(gallery, owner, 'ana')
  await grant(owner, 'ana', { [away]: 'read' })
  expect(await countDays(ana, view())).toEqual([{ day: '2019-06-01', photos: 1 }])
  await expect(countDays(ana, view({}, home))).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

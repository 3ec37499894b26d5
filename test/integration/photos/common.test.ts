import { expect, test } from 'vitest'
import { commonOfPhotos } from '../../../src/core/photos/common.ts'
import { showPhoto } from '../../../src/core/photos/photos.ts'
import { startGallery } from '../../support/gallery.ts'
import { albumWithPhotos, change } from '../../support/organise.ts'

test('photos of several albums tell what they share, what is mixed, and how many carry each tag', async () => {
  const { gallery } = await startGallery()
  const session = await gallery.self()
  const corsica = await albumWithPhotos(session, 'Corsica', 3)
  const studio = await albumWithPhotos(session, 'Studio', 1)
  const [a = '', b = ''] = corsica.photos
  const { album } = corsica
  await change(session, [
    { kind: 'tag', album, photos: [a, b], add: ['Sea'], remove: [] },
    { kind: 'edit', album, field: 'rating', values: corsica.photos.map((photo) => ({ photo, to: '4' })) },
    { kind: 'edit', album, field: 'title', values: [a, b].map((photo) => ({ photo, to: 'Harbour' })) },
  ])
  const refs = [a, b].map((photo) => `${album}/${photo}`)
  expect(await commonOfPhotos(session, refs)).toMatchObject({
    ...{ photos: 2, mixed: ['camera'], title: 'Harbour', rating: 4, camera: null, undated: 0 },
    albums: [{ album, photos: 2 }],
    tags: [{ tag: 'Sea', photos: 2 }],
  })
  const all = [...refs, `${studio.album}/${studio.photos[0]}`, `${album}/zzzzzzzzzz`]
  const common = await commonOfPhotos(session, all)
  expect(common).toMatchObject({ photos: 3, title: '', rating: 0, tags: [{ tag: 'Sea', photos: 2 }] })
  expect(common.mixed).toEqual(expect.arrayContaining(['title', 'rating']))
  expect(common.albums).toHaveLength(2)
  const places = [
    ...[a, b].map((photo) => [album, photo] as const),
    [studio.album, studio.photos[0] ?? ''] as const,
  ]
  const times = (await Promise.all(places.map(([at, photo]) => showPhoto(session, at, photo)))).map(
    ({ takenAt }) => takenAt ?? '',
  )
  expect([common.first, common.last]).toEqual([times.toSorted()[0], times.toSorted().at(-1)])
})

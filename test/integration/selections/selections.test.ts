import { expect, onTestFinished, test } from 'vitest'
import { editShare, revokeShare } from '../../../src/core/access/shares.ts'
import { followEvents } from '../../../src/core/events/follow-events.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { photoRefs } from '../../../src/core/photos/photos.ts'
import { listSelections, removeSelection } from '../../../src/core/selections/client-selections.ts'
import {
  describeSelection,
  ownSelection,
  pickPhoto,
  unpickPhoto,
} from '../../../src/core/selections/own-selection.ts'
import { startGallery } from '../../support/gallery.ts'
import { addLink, choosing } from '../../support/links.ts'
import { albumWithPhotos, change, findings } from '../../support/organise.ts'

const setUp = async (most = 3) => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const { album, photos } = await albumWithPhotos(owner, 'Wedding', 6)
  const link = (label: string, places = most) =>
    addLink(gallery, owner, album, { label, ...choosing(places) })
  const anna = await link('Anna')
  return { gallery, owner, album, photos, link, anna, visitor: anna.visitor }
}

const pick = async (session: Session, photos: string[]) => {
  for (const photo of photos) await pickPhoto(session, { photo })
}

const chosenIn = async (session: Session, album: string | null, chosen: string) => {
  const view = { album, sort: 'taken', descending: false, filter: { chosen } } as const
  return (await photoRefs(session, view, 0, 100)).map((ref) => ref.split('/')[1] ?? '')
}

test('a client chooses up to a number of photos, says something of each and of all, and the photographer reads it', async () => {
  const { owner, album, photos, visitor } = await setUp()
  const [first = '', second = '', third = '', fourth = ''] = photos
  expect(await ownSelection(visitor)).toEqual({
    ...{ name: '', note: '', done: null, most: 3, closed: false, picks: [] },
  })
  await describeSelection(visitor, { name: 'Anna Berg', note: 'For the album' })
  await pickPhoto(visitor, { photo: first, words: 'In black and white' })
  await pick(visitor, [second, third, first])
  await expect(pickPhoto(visitor, { photo: fourth })).rejects.toMatchObject({
    ...{ code: 'CONFLICT', text: { id: 'selectionFull', blanks: { most: '3' } } },
  })
  await unpickPhoto(visitor, second)
  await pick(visitor, [fourth])
  const picks = [
    { photo: first, words: 'In black and white' },
    { photo: third, words: '' },
    { photo: fourth, words: '' },
  ]
  expect(await ownSelection(visitor)).toMatchObject({ picks })
  expect(await listSelections(owner, album)).toMatchObject([
    { label: 'Anna', name: 'Anna Berg', note: 'For the album', done: null, most: 3, closed: false, picks },
  ])
  await expect(pickPhoto(visitor, { photo: 'Nowhere123' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('what is done changes no more until the client opens it again, and what the photographer closed not even then', async () => {
  const { owner, album, photos, anna, visitor } = await setUp()
  const [first = '', second = ''] = photos
  await pick(visitor, [first])
  const { done } = await describeSelection(visitor, { done: true })
  expect(Math.abs(Date.parse(done ?? '') - Date.now())).toBeLessThan(600_000)
  for (const work of [pickPhoto(visitor, { photo: second }), unpickPhoto(visitor, first)])
    await expect(work).rejects.toMatchObject({ code: 'CONFLICT', text: { id: 'selectionDone' } })
  await describeSelection(visitor, { done: false })
  await pick(visitor, [second])
  await editShare(owner, { name: anna.name, answers: { comments: false, selection: 3, closed: true } })
  await expect(unpickPhoto(visitor, first)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  expect(await ownSelection(visitor)).toMatchObject({
    closed: true,
    picks: [{ photo: first }, { photo: second }],
  })
  await editShare(owner, { name: anna.name, answers: { comments: false, selection: 3, closed: false } })
  await unpickPhoto(visitor, first)
  expect(await listSelections(owner, album)).toMatchObject([{ closed: false, picks: [{ photo: second }] }])
})

test('three clients who choose at once lose nothing, and photos are found by who chose them', async () => {
  const { owner, album, photos, link, anna } = await setUp(6)
  const [ben, cleo] = [await link('Ben', 6), await link('Cleo', 6)]
  const wanted = [photos, photos.slice(0, 4), photos.slice(2, 5)]
  const links = [anna, ben, cleo]
  await Promise.all(
    links.flatMap(({ visitor }, i) => wanted[i]?.map((photo) => pickPhoto(visitor, { photo })) ?? []),
  )
  const lists = await listSelections(owner, album)
  expect(lists.map(({ picks }) => picks.map(({ photo }) => photo).sort())).toEqual(
    wanted.map((all) => all.toSorted()),
  )
  expect((await chosenIn(owner, album, 'any')).toSorted()).toEqual(photos.toSorted())
  expect((await chosenIn(owner, null, 'all')).toSorted()).toEqual(photos.slice(2, 4).toSorted())
  expect((await chosenIn(owner, album, cleo.name)).toSorted()).toEqual(photos.slice(2, 5).toSorted())
  // A client finds their own, and nobody else’s.
  for (const by of ['any', 'all', ben.name, anna.name])
    expect((await chosenIn(ben.visitor, album, by)).toSorted()).toEqual(photos.slice(0, 4).toSorted())
  // What a filter found is found anew once another photo was chosen.
  await unpickPhoto(cleo.visitor, photos[2] ?? '')
  expect(await chosenIn(owner, album, 'all')).toEqual([photos[3]])
})

test('many tabs of one link choose at once: every photo once, and no more than there are places', async () => {
  const { gallery, owner, album } = await setUp()
  const { album: fifty, photos } = await albumWithPhotos(owner, 'Fifty', 60)
  const { name, key } = await addLink(gallery, owner, fifty, choosing(50))
  const tabs = await Promise.all(Array.from({ length: 10 }, () => gallery.login(name, key)))
  const turns = photos.flatMap((photo, i) =>
    [tabs[i % 10], tabs[(i + 3) % 10]].map(async (tab) => {
      if (tab) await pickPhoto(tab, { photo }).catch(() => undefined)
    }),
  )
  await Promise.all(turns)
  const [list] = await listSelections(owner, fifty)
  expect(list?.picks).toHaveLength(50)
  expect(new Set(list?.picks.map(({ photo }) => photo)).size).toBe(50)
  expect(await listSelections(owner, album)).toMatchObject([{ picks: [] }])
})

test('the photographer’s window is told at once that something was chosen', async () => {
  const { owner, album, photos, visitor } = await setUp()
  const stop = new AbortController()
  onTestFinished(() => stop.abort())
  const events = followEvents(owner, stop.signal)
  expect((await events.next()).value).toEqual({ kind: 'resync' })
  await pick(visitor, photos.slice(0, 1))
  expect((await events.next()).value).toEqual({ kind: 'comments', album, photo: photos[0] })
})

test('a photo that left the album holds no place, and what a link chose stays when the link has ended', async () => {
  const { owner, album, photos, anna, visitor } = await setUp(1)
  const [first = '', second = ''] = photos
  await pick(visitor, [first])
  const { undo } = await change(owner, [{ kind: 'trash', album, photos: [first] }])
  await pick(visitor, [second])
  await change(owner, undo)
  await expect(pick(visitor, [first])).rejects.toMatchObject({ code: 'CONFLICT' })
  await expect(removeSelection(owner, album, anna.name)).rejects.toMatchObject({ code: 'CONFLICT' })
  await revokeShare(owner, anna.name)
  expect(await listSelections(owner, album)).toMatchObject([{ closed: true, picks: [{ photo: second }] }])
  expect(await chosenIn(owner, album, 'any')).toEqual([second])
  expect(await findings(owner)).toEqual([])
  await removeSelection(owner, album, anna.name)
  expect(await listSelections(owner, album)).toEqual([])
})

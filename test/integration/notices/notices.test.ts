import { expect, test } from 'vitest'
import { hideComment, writeComment } from '../../../src/core/comments/comments.ts'
import { addPhotos } from '../../../src/core/library/writing/photo-writer.ts'
import { noteSent } from '../../../src/core/library/uploads/upload-record.ts'
import { listNotices } from '../../../src/core/notices/list-notices.ts'
import { noteNoticesRead } from '../../../src/core/notices/read-mark.ts'
import { listClients } from '../../../src/core/selections/client-selections.ts'
import { describeSelection, pickPhoto } from '../../../src/core/selections/own-selection.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import type { Notice } from '../../../src/shared/schemas/notice.ts'
import { addAccount, grant } from '../../support/accounts.ts'
import { startGallery } from '../../support/gallery.ts'
import { addLink, choosing } from '../../support/links.ts'
import { albumWithPhotos, readPhoto } from '../../support/organise.ts'

let serial = 80_000
const addOne = (session: Session, album: string) => {
  const n = serial++
  return addPhotos(session, album, [{ path: `/photos/told/${n}.jpg`, read: readPhoto(n) }])
}

const sent = (session: Session, album: string, by: string) =>
  noteSent(session, `/photos/sent/${serial++}.jpg`, { by, at: Date.now(), digest: 'd', bytes: 1, album })

const say = (session: Session, album: string, photo: string | null, text: string) =>
  writeComment(session, { album, photo, text, spot: null })

/** Ana may comment in Corsica, and rob read it; neither may read Studio. All have looked at their notices once. */
const setUp = async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const { album, photos } = await albumWithPhotos(owner, 'Corsica', 3)
  const studio = await albumWithPhotos(owner, 'Studio', 1)
  const { session: ana } = await addAccount(gallery, owner, 'ana', { displayName: 'Ana Costa' })
  const { session: rob } = await addAccount(gallery, owner, 'rob')
  await grant(owner, 'ana', { [album]: 'comment' })
  await grant(owner, 'rob', { [album]: 'read' })
  for (const session of [owner, ana, rob]) expect((await listNotices(session)).unread).toBe(0)
  return { gallery, owner, ana, rob, album, studio: studio.album, photos, photo: photos[0] ?? '' }
}

/** What is not read, without its times. */
const news = async (session: Session) =>
  (await listNotices(session)).notices
    .filter(({ unread }) => unread)
    .map(({ at: _, unread: __, ...notice }): Omit<Notice, 'at'> => notice)

test('who may read an album is told of new photos and comments of others, and nobody of what they did themselves', async () => {
  const { owner, ana, rob, album, studio, photo } = await setUp()
  await addOne(owner, album)
  await addOne(owner, album)
  await addOne(owner, studio)
  await say(ana, album, photo, 'The light!')
  await say(ana, album, photo, 'And the sea.')
  const { number, writer } = await say(ana, album, null, 'Rude')
  await hideComment(owner, { album, writer, number, hidden: true })
  const comments = { kind: 'comments', album, photo, name: 'Ana Costa', count: 2 }
  const photos = { kind: 'photos', album, count: 2 }
  expect(await news(rob)).toEqual([comments, photos])
  expect(await news(ana)).toEqual([photos])
  expect(await news(owner)).toEqual([comments])
  await grant(owner, 'rob', { [album]: 'none' })
  expect(await news(rob)).toEqual([])
})

test('what was read stays read in every window, and what comes then is counted apart from it', async () => {
  const { gallery, owner, ana, album, photo } = await setUp()
  await say(ana, album, photo, 'First')
  const { until, unread } = await listNotices(owner)
  expect(unread).toBe(1)
  await noteNoticesRead(owner, until)
  expect((await listNotices(await gallery.selfAgain())).unread).toBe(0)
  await say(ana, album, null, 'Second')
  const notices = (await listNotices(owner)).notices.filter(({ kind }) => kind === 'comments')
  expect(notices.map(({ unread: isNew }) => isNew)).toEqual([true, false])
  expect(notices).toMatchObject([
    { count: 1, photo: null },
    { count: 1, photo },
  ])
})

test('who took photos in finds it in every window, and is told of nothing new by it', async () => {
  const { gallery, owner, rob, album, studio } = await setUp()
  await noteNoticesRead(owner, new Date(Date.now() - 60_000).toISOString())
  await addOne(owner, album)
  await addOne(owner, studio)
  // With the three of Corsica and the one of Studio that were there before.
  const { notices, unread } = await listNotices(await gallery.selfAgain())
  expect(notices).toMatchObject([{ kind: 'imports', album: null, count: 6, unread: false }])
  expect(unread).toBe(0)
  expect(await news(rob)).toEqual([{ kind: 'photos', album, count: 1 }])
})

test('who may read the album is told when a client is done, and who has chosen is listed with how many', async () => {
  const { gallery, owner, rob, album, photos } = await setUp()
  const anna = await addLink(gallery, owner, album, { label: 'Bride', ...choosing(3) })
  await addLink(gallery, owner, album, { label: 'Groom', ...choosing(3) })
  for (const photo of photos.slice(0, 2)) await pickPhoto(anna.visitor, { photo })
  expect(await news(rob)).toEqual([])
  await describeSelection(anna.visitor, { name: 'Anna Berg', done: true })
  const { name: share } = anna
  expect(await news(rob)).toEqual([{ kind: 'selection', album, share, name: 'Anna Berg', count: 2 }])
  expect(await listClients(rob)).toEqual([{ album, link: share, name: 'Anna Berg', photos: 2 }])
  await describeSelection(anna.visitor, { done: false })
  expect(await news(rob)).toEqual([])
  await expect(listClients(anna.visitor)).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('files that visitors send are told of by their link, and those that somebody sends to nobody but others', async () => {
  const { gallery, ana, rob, album } = await setUp()
  const library = await gallery.service('library')
  const owner = await gallery.selfAgain()
  await grant(owner, 'library', { [album]: 'modify' })
  const { name: share } = await addLink(gallery, owner, album, { label: 'Family' })
  await sent(library, album, share)
  await sent(library, album, share)
  await sent(library, album, 'ana')
  for (let n = 0; n < 3; n++) await addOne(owner, album) // as the library takes them in
  const uploads = { kind: 'uploads', album, share, count: 2 }
  expect(await news(rob)).toEqual([{ kind: 'photos', album, count: 1 }, uploads])
  expect(await news(ana)).toEqual([uploads])
})

test('who made a link is told some days before it ends, and nobody else', async () => {
  const { gallery, owner, rob, album } = await setUp()
  const { name: share } = await addLink(gallery, owner, album, { label: 'Lena' })
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
  const expires = inDays(2.999_99)
  await owner.redis.hset(owner.keys.account(share), { created: inDays(-9), expires })
  await owner.redis.hset(owner.keys.seenComments('owner'), 'notices', `${Date.now() - 60_000}`)
  expect(await news(owner)).toEqual([{ kind: 'links', album, share, label: 'Lena', expires }])
  expect(await news(rob)).toEqual([])
})

test('guests and visitors have no notices, and what was written by hand to come later is no notice yet', async () => {
  const { gallery, owner, ana, rob, album, photo } = await setUp()
  const { visitor } = await addLink(gallery, owner, album)
  for (const session of [await gallery.guest(), visitor])
    await expect(listNotices(session)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await say(ana, album, photo, 'Now')
  const later = 1000 * (Date.now() + 86_400_000)
  await ana.redis.hset(ana.keys.comments(album, 'ana'), '1', `${photo}\t${later}\t\t\tLater`)
  await say(ana, album, null, 'Now too')
  expect(await news(rob)).toMatchObject([{ kind: 'comments', photo: null, count: 1 }])
  await rob.redis.del(rob.keys.seenComments('rob'))
  await rob.redis.sadd(rob.keys.seenComments('rob'), 'of another type')
  expect((await listNotices(rob)).unread).toBe(0)
})

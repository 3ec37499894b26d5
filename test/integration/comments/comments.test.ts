import { expect, onTestFinished, test } from 'vitest'
import {
  countComments,
  noteSeen,
  editComment,
  hideComment,
  listComments,
  withdrawComment,
  writeComment,
} from '../../../src/core/comments/comments.ts'
import { deleteAccount, editAccount } from '../../../src/core/access/accounts.ts'
import { answerRequests } from '../../../src/core/access/requests.ts'
import { followEvents } from '../../../src/core/events/follow-events.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { emptyTrash, purgeOld } from '../../../src/core/photos/trash.ts'
import { addAccount, grant } from '../../support/accounts.ts'
import { startGallery } from '../../support/gallery.ts'
import { albumWithPhotos, change, findings } from '../../support/organise.ts'

/** A gallery of one album with its owner, one who may comment and one who may only read it. */
const setUp = async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const { album, photos } = await albumWithPhotos(owner, 'Corsica', 3)
  const { session: ana } = await addAccount(gallery, owner, 'ana', { displayName: 'Ana Costa' })
  const { session: rob } = await addAccount(gallery, owner, 'rob')
  await grant(owner, 'ana', { [album]: 'comment' })
  await grant(owner, 'rob', { [album]: 'read' })
  return { gallery, owner, ana, rob, album, photos, photo: photos[0] ?? '' }
}

const say = (session: Session, album: string, photo: string | null, text: string) =>
  writeComment(session, { album, photo, text, spot: null })

const texts = async (session: Session, album: string, photo: string | null) =>
  (await listComments(session, album, photo)).map(({ text }) => text)

test('what is said of a photo is read by all who may read its album, in its order and with the name of who said it', async () => {
  const { owner, ana, rob, album, photo, photos } = await setUp()
  await writeComment(ana, { album, photo, text: 'The light!\n\tAnd the sea.', spot: { x: 0.25, y: 0.5 } })
  await say(owner, album, photo, 'It was six in the morning.')
  await say(ana, album, null, 'Of the album')
  const [first, second] = await listComments(rob, album, photo)
  expect(first).toMatchObject({
    ...{ writer: 'ana', name: 'Ana Costa', text: 'The light!\n\tAnd the sea.', spot: { x: 0.25, y: 0.5 } },
    ...{ own: false, former: false, hidden: false, changedAt: null, photo },
  })
  expect(Math.abs(Date.parse(first?.at ?? '') - Date.now())).toBeLessThan(600_000)
  expect(second).toMatchObject({ writer: 'owner', text: 'It was six in the morning.' })
  expect(await texts(rob, album, null)).toEqual(['Of the album'])
  expect(await texts(rob, album, photos[1] ?? '')).toEqual([])
  expect(await countComments(rob, album)).toEqual(
    expect.arrayContaining([
      { photo, comments: 2, unread: 2 },
      { photo: null, comments: 1, unread: 1 },
    ]),
  )
})

test('its writer changes a comment and takes it back, and who may only read the album says nothing', async () => {
  const { ana, rob, album, photo } = await setUp()
  const { number } = await say(ana, album, photo, 'Frist')
  await say(ana, album, photo, 'Second')
  await editComment(ana, { album, number, text: 'First' })
  const [first] = await listComments(rob, album, photo)
  expect(first).toMatchObject({ text: 'First', number })
  expect(first?.changedAt).not.toBeNull()
  await withdrawComment(ana, { album, number })
  expect(await texts(rob, album, photo)).toEqual(['Second'])
  await expect(editComment(ana, { album, number, text: 'Again' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  await expect(say(rob, album, photo, 'Mine')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(say(ana, album, 'Nowhere123', 'x')).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a hidden comment is seen by its writer and by who may modify the album, and is counted by nobody', async () => {
  const { owner, ana, rob, album, photo } = await setUp()
  const { number, writer } = await say(ana, album, photo, 'Rude')
  await expect(hideComment(rob, { album, writer, number, hidden: true })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  await expect(hideComment(ana, { album, writer, number, hidden: true })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  await hideComment(owner, { album, writer, number, hidden: true })
  expect(await texts(rob, album, photo)).toEqual([])
  for (const session of [owner, ana])
    expect(await listComments(session, album, photo)).toMatchObject([{ text: 'Rude', hidden: true }])
  expect(await countComments(owner, album)).toEqual([])
  await hideComment(owner, { album, writer, number, hidden: false })
  expect(await texts(rob, album, photo)).toEqual(['Rude'])
})

test('a comment is told at once to other windows that may read the album', async () => {
  const { ana, rob, album, photo } = await setUp()
  const stop = new AbortController()
  onTestFinished(() => stop.abort())
  const events = followEvents(rob, stop.signal)
  expect((await events.next()).value).toEqual({ kind: 'resync' })
  await say(ana, album, photo, 'Live')
  expect((await events.next()).value).toEqual({ kind: 'comments', album, photo })
})

test('comments go with their photo to another album, where the rights of that album hold, and back by undo', async () => {
  const { owner, ana, rob, album, photo } = await setUp()
  const { album: other } = await albumWithPhotos(owner, 'Sardinia', 1)
  await grant(owner, 'rob', { [other]: 'read' })
  const { number, writer } = await say(ana, album, photo, 'Still mine')
  await hideComment(owner, { album, writer, number, hidden: true })
  const { undo } = await change(owner, [{ kind: 'move', from: album, to: other, photos: [photo] }])
  expect(await texts(owner, album, photo)).toEqual([])
  expect(await listComments(owner, other, photo)).toMatchObject([
    { text: 'Still mine', writer: 'ana', name: 'Ana Costa', hidden: true },
  ])
  await expect(listComments(ana, other, photo)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await change(owner, undo)
  expect(await texts(ana, album, photo)).toEqual(['Still mine'])
  expect(await texts(rob, other, photo)).toEqual([])
  expect(await findings(owner)).toEqual([])
})

test('comments are in the trash with their photo, and go for good with it or with the album', async () => {
  const { owner, ana, album, photo, photos } = await setUp()
  await say(ana, album, photo, 'Gone soon')
  await say(ana, album, photos[1] ?? '', 'Stays')
  await change(owner, [{ kind: 'trash', album, photos: [photo] }])
  expect(await texts(owner, album, photo)).toEqual(['Gone soon'])
  await emptyTrash(owner, [`${album}/${photo}`])
  const kept = owner.keys.comments(album, 'ana')
  expect(Object.values(await owner.redis.hgetall(kept)).join()).not.toContain('Gone soon')
  expect(await texts(ana, album, photos[1] ?? '')).toEqual(['Stays'])
  await change(owner, [{ kind: 'delete-album', album }])
  await expect(listComments(ana, album, null)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await emptyTrash(owner, undefined)
  expect(await owner.redis.exists(kept, owner.keys.commenters(album), owner.keys.talkEvents(album))).toBe(0)
})

test('what a deleted account said stays under its name, and an account of the same name cannot touch it', async () => {
  const { gallery, owner, rob, album, photo } = await setUp()
  const ana = await addAccount(gallery, owner, 'bea', { displayName: 'Bea' })
  await grant(owner, 'bea', { [album]: 'comment' })
  const { number } = await say(ana.session, album, photo, 'Of the first Bea')
  await deleteAccount(owner, 'bea')
  const { session: second } = await addAccount(gallery, owner, 'bea', { displayName: 'Another Bea' })
  await grant(owner, 'bea', { [album]: 'comment' })
  await expect(editComment(second, { album, number, text: 'Forged' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  await say(second, album, photo, 'Of the second')
  expect(await listComments(rob, album, photo)).toMatchObject([
    { text: 'Of the first Bea', name: 'Bea', former: true, own: false },
    { text: 'Of the second', name: 'Another Bea', former: false },
  ])
  expect(await listComments(second, album, photo)).toMatchObject([{ own: false }, { own: true }])
})

test('who may comment no more keeps what was said, and another name for people is shown on it', async () => {
  const { owner, ana, rob, album, photo } = await setUp()
  await say(ana, album, photo, 'Before')
  await grant(owner, 'ana', { [album]: 'read' })
  await expect(say(ana, album, photo, 'After')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await grant(owner, 'ana', { [album]: 'comment' })
  await editAccount(owner, { name: 'ana', displayName: 'Ana Costa-Silva' })
  expect(await listComments(rob, album, photo)).toMatchObject([{ text: 'Before', name: 'Ana Costa-Silva' }])
})

test('of fifty comments that two accounts write at once none is lost and none is there twice', async () => {
  const { owner, ana, album, photo } = await setUp()
  const all = Array.from({ length: 50 }, (_, n) => `Comment ${n}`)
  await Promise.all(all.map((text, n) => say(n % 2 ? ana : owner, album, photo, text)))
  expect((await texts(owner, album, photo)).toSorted()).toEqual(all.toSorted())
})

test('an account that may make albums comments in its own, where others see who it is', async () => {
  const { gallery, owner } = await setUp()
  const { session: max } = await addAccount(gallery, owner, 'max', { canCreateAlbums: true })
  const { album, photos } = await albumWithPhotos(max, 'Mine', 1)
  await say(max, album, photos[0] ?? '', 'My own')
  expect(await listComments(owner, album, photos[0] ?? '')).toMatchObject([{ writer: 'max', text: 'My own' }])
})

test('where a member moves a photo, an administrator’s session takes along what others said of it', async () => {
  const { gallery, owner, ana, album, photo, photos } = await setUp()
  const { album: other } = await albumWithPhotos(owner, 'Sardinia', 1)
  const { session: mia } = await addAccount(gallery, owner, 'mia')
  await grant(owner, 'mia', { [album]: 'modify', [other]: 'modify' })
  await say(ana, album, photo, 'Follows')
  await say(ana, album, photos[1] ?? '', 'Stays')
  await change(mia, [{ kind: 'move', from: album, to: other, photos: [photo, photos[2] ?? ''] }])
  await answerRequests(owner)
  expect(await texts(mia, other, photo)).toEqual(['Follows'])
  expect(await texts(mia, album, photo)).toEqual([])
  expect(await texts(mia, album, photos[1] ?? '')).toEqual(['Stays'])
})

test('what was said of a photo that a member removed for good goes with the next look through the trash', async () => {
  const { gallery, owner, ana, album, photo, photos } = await setUp()
  const { session: mia } = await addAccount(gallery, owner, 'mia')
  await grant(owner, 'mia', { [album]: 'modify' })
  await say(ana, album, photo, 'Gone')
  await say(ana, album, photos[1] ?? '', 'Stays')
  await change(mia, [{ kind: 'trash', album, photos: [photo] }])
  await emptyTrash(mia, [`${album}/${photo}`])
  await purgeOld(owner)
  const kept = await owner.redis.hgetall(owner.keys.comments(album, 'ana'))
  expect(Object.values(kept).join()).not.toContain('Gone')
  expect(await texts(ana, album, photos[1] ?? '')).toEqual(['Stays'])
})

test('what others said is unread until it was shown, whatever stands where that is noted', async () => {
  const { owner, ana, rob, album, photo } = await setUp()
  await say(ana, album, photo, 'First')
  const unread = async (session: Session) => (await countComments(session, album)).map((one) => one.unread)
  expect([await unread(rob), await unread(ana)]).toEqual([[1], [0]])
  await rob.redis.sadd(rob.keys.seenComments('rob'), 'x')
  expect(await unread(rob)).toEqual([1])
  await noteSeen(rob, album, photo)
  expect(await unread(rob)).toEqual([0])
  await say(owner, album, photo, 'Second')
  expect([await unread(rob), await unread(ana)]).toEqual([[1], [1]])
})

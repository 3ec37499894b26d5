import { expect, test } from 'vitest'
import { deleteAccount } from '../../../src/core/access/accounts.ts'
import { publish } from '../../../src/core/access/grants.ts'
import { createToken } from '../../../src/core/access/tokens.ts'
import { hideComment, withdrawComment, writeComment } from '../../../src/core/comments/comments.ts'
import { findInComments } from '../../../src/core/comments/search-comments.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { pageOfPhotos } from '../../../src/core/photos/photos.ts'
import { readForAll } from '../../../src/core/photos/shared-reader.ts'
import { nearestSearch } from '../../../src/core/photos/words.ts'
import { newToken } from '../../../src/shared/domain/api-token.ts'
import { addAccount, grant } from '../../support/accounts.ts'
import { startGallery } from '../../support/gallery.ts'
import { addLink } from '../../support/links.ts'
import { albumWithPhotos, change } from '../../support/organise.ts'

const nothing = { photos: 0, albums: [] }

/** Two albums: ana may comment in Corsica, rob may read it, bea may read Harbour, which is public. One session reads for all. */
const setUp = async () => {
  const { gallery } = await startGallery()
  readForAll(await gallery.selfAgain())
  const owner = await gallery.self()
  const { album, photos } = await albumWithPhotos(owner, 'Corsica', 3)
  const harbour = await albumWithPhotos(owner, 'Harbour', 2)
  const { session: ana } = await addAccount(gallery, owner, 'ana')
  const { session: rob } = await addAccount(gallery, owner, 'rob')
  const { session: bea } = await addAccount(gallery, owner, 'bea')
  await grant(owner, 'ana', { [album]: 'comment' })
  await grant(owner, 'rob', { [album]: 'read' })
  await grant(owner, 'bea', { [harbour.album]: 'read' })
  await publish(owner, harbour.album, true)
  const [first = '', second = '', third = ''] = photos
  return { gallery, owner, ana, rob, bea, album, first, second, third, harbour }
}

const say = (session: Session, album: string, photo: string | null, text: string, by?: string) =>
  writeComment(session, { album, photo, text, spot: null, by })

const found = async (session: Session, text: string, album: string | null = null) => {
  const view = { album, sort: 'taken' as const, descending: false, filter: { text } }
  return (await pageOfPhotos(session, view, 0, 100)).photos.map(({ id }) => id)
}

test('photos are found by words of what was said of them, folded as all words are, and beside what they say themselves', async () => {
  const { ana, rob, bea, album, first, second, third } = await setUp()
  expect(await found(rob, 'heron')).toEqual([])
  await say(ana, album, first, 'Un héron, là-bas !')
  await say(ana, album, second, 'No bird in sight')
  await say(ana, album, third, 'A HERON, or a bird like it')
  expect(await found(rob, 'heron')).toEqual([first, third])
  expect(await found(rob, 'héron bird corsica', album)).toEqual([third])
  expect(await found(rob, '"bird in sight"')).toEqual([second])
  expect(await found(rob, '-heron', album)).toEqual([second])
  expect(await found(rob, 'comment:heron')).toEqual([first, third])
  expect(await found(rob, 'commentaire:corsica')).toEqual([])
  expect(await found(rob, '-comment:heron', album)).toEqual([second])
  expect(await found(bea, 'heron')).toEqual([])
  expect(await nearestSearch(rob, null, 'heron corsca')).toBe('heron corsica')
})

test('what was said is counted by photos, and albums are found by what was said of themselves', async () => {
  const { owner, ana, rob, bea, album, first, second } = await setUp()
  await say(ana, album, first, 'The light at six')
  await say(owner, album, first, 'Six in the morning light')
  await say(owner, album, second, 'At six')
  await say(owner, album, null, 'Before six, in the best light')
  expect(await findInComments(rob, null, 'six light')).toEqual({
    photos: 1,
    albums: [{ album, comments: 1 }],
  })
  expect(await findInComments(rob, album, 'six')).toEqual({ photos: 2, albums: [{ album, comments: 1 }] })
  expect(await findInComments(rob, null, '-six')).toEqual(nothing)
  expect(await findInComments(bea, null, 'six')).toEqual(nothing)
  await expect(findInComments(bea, album, 'six')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await change(owner, [{ kind: 'trash', album, photos: [first] }])
  expect(await findInComments(rob, null, 'six')).toMatchObject({ photos: 1 })
})

test('a search follows comments that are changed, hidden, taken back, and moved with their photo', async () => {
  const { owner, ana, rob, bea, album, first, harbour } = await setUp()
  const { number, writer } = await say(ana, album, first, 'Rude')
  expect(await found(rob, 'rude')).toEqual([first])
  await hideComment(owner, { album, writer, number, hidden: true })
  expect(await found(rob, 'rude')).toEqual([])
  expect(await findInComments(rob, null, 'rude')).toEqual(nothing)
  for (const session of [owner, ana]) expect(await found(session, 'rude')).toEqual([first])
  await hideComment(owner, { album, writer, number, hidden: false })
  await change(owner, [{ kind: 'move', from: album, to: harbour.album, photos: [first] }])
  expect(await found(rob, 'rude')).toEqual([first])
  expect(await found(bea, 'rude')).toEqual([first])
  await grant(owner, 'ana', { [harbour.album]: 'comment' })
  await withdrawComment(ana, { album: harbour.album, number: 1 })
  expect(await found(bea, 'rude')).toEqual([])
})

test('what is hidden stays hidden, and is found by nobody else, when its writer’s account is deleted', async () => {
  const { owner, ana, rob, album, first } = await setUp()
  const { number, writer } = await say(ana, album, first, 'Rude')
  await hideComment(owner, { album, writer, number, hidden: true })
  await deleteAccount(owner, 'ana')
  expect(await found(rob, 'rude')).toEqual([])
  expect(await found(owner, 'rude')).toEqual([first])
})

test('guests and tokens find nothing by what accounts say, and visitors of a link only what was said by it', async () => {
  const { gallery, owner, ana, album, first, second, harbour } = await setUp()
  await say(ana, album, first, 'Secretly')
  await say(owner, harbour.album, harbour.photos[0] ?? '', 'Secretly')
  const guest = await gallery.guest()
  expect(await found(guest, 'secretly')).toEqual([])
  expect(await findInComments(guest, null, 'secretly')).toEqual(nothing)
  const { name, key } = newToken()
  const expires = new Date(Date.now() + 3_600_000).toISOString()
  await createToken(owner, { token: name, key, label: 'script', expires, albums: null })
  expect(await found(await gallery.login(name, key), 'secretly')).toEqual([])
  const answers = { comments: true, selection: 0, closed: false }
  const [family, other] = [
    await addLink(gallery, owner, album, { answers }),
    await addLink(gallery, owner, album),
  ]
  await say(family.visitor, album, second, 'Secretly ours', 'Ida')
  expect(await found(family.visitor, 'secretly')).toEqual([second])
  expect(await found(family.visitor, 'ida')).toEqual([])
  expect(await found(other.visitor, 'secretly')).toEqual([])
  expect(await found(owner, 'secretly', album)).toEqual([first, second])
})

test('a comment that names a photo of an album that its writer may not comment in finds nothing there', async () => {
  const { owner, ana, album, first, harbour } = await setUp()
  await say(ana, album, first, 'Placeholder')
  const forged = `${harbour.photos[0] ?? ''}\t1\t\t\tStolen`
  await ana.redis.hset(ana.keys.comments(album, 'ana'), '2', forged, 'last', '2')
  await say(ana, album, first, 'Another')
  expect(await found(owner, 'stolen')).toEqual([])
  expect(await findInComments(owner, null, 'stolen')).toEqual(nothing)
})

test('comments are found where the events that tell of them were deleted by hand', async () => {
  const { owner, ana, album, first } = await setUp()
  await say(ana, album, first, 'Quietly')
  await owner.redis.del(owner.keys.talkEvents(album))
  expect(await found(owner, 'quietly')).toEqual([first])
})

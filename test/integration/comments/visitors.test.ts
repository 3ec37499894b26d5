import { expect, test } from 'vitest'
import { editShare, revokeShare } from '../../../src/core/access/shares.ts'
import {
  countComments,
  editComment,
  hideComment,
  listComments,
  withdrawComment,
  writeComment,
} from '../../../src/core/comments/comments.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { addAccount, grant } from '../../support/accounts.ts'
import { startGallery } from '../../support/gallery.ts'
import { addLink } from '../../support/links.ts'
import { albumWithPhotos, change, findings } from '../../support/organise.ts'

const answers = { comments: true, selection: 0, closed: false }

const setUp = async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const { album, photos } = await albumWithPhotos(owner, 'Wedding', 3)
  const link = await addLink(gallery, owner, album, { label: 'Family', answers })
  return { gallery, owner, album, photo: photos[0] ?? '', link, visitor: link.visitor }
}

const say = (session: Session, album: string, photo: string | null, text: string, by?: string) =>
  writeComment(session, { album, photo, text, spot: null, by })

test('a visitor comments under a name, changes it and takes it back, and accounts read by which link it came', async () => {
  const { owner, album, photo, link, visitor } = await setUp()
  await expect(say(visitor, album, photo, 'Hello')).rejects.toMatchObject({ code: 'INVALID' })
  const { number } = await say(visitor, album, photo, 'Lovely\tday', 'Aunt Ida')
  await say(owner, album, photo, 'Thank you')
  expect(await listComments(owner, album, photo)).toMatchObject([
    { writer: link.name, name: 'Aunt Ida', visitor: 'Family', text: 'Lovely\tday', own: false },
    { writer: 'owner', visitor: null, text: 'Thank you' },
  ])
  // Accounts talk among themselves; the visitors of a link read what was said by it.
  expect(await listComments(visitor, album, photo)).toMatchObject([
    { name: 'Aunt Ida', own: true, visitor: '' },
  ])
  expect(await countComments(visitor, album)).toEqual([{ photo, comments: 1, unread: 0 }])
  await editComment(visitor, { album, number, text: 'A lovely day', by: 'Ida' })
  expect(await listComments(owner, album, photo)).toMatchObject([{ name: 'Ida', text: 'A lovely day' }, {}])
  await hideComment(owner, { album, writer: link.name, number, hidden: true })
  expect(await listComments(owner, album, photo)).toMatchObject([{ hidden: true }, {}])
  await withdrawComment(visitor, { album, number })
  expect(await listComments(owner, album, photo)).toMatchObject([{ text: 'Thank you' }])
  expect(await findings(owner)).toEqual([])
})

test('what visitors said stays when the link lets them say no more, moves with its photo, and is kept when the link has ended', async () => {
  const { owner, album, photo, link, visitor } = await setUp()
  await say(visitor, album, photo, 'Still here', 'Ida')
  await editShare(owner, { name: link.name, answers: { ...answers, comments: false } })
  await expect(say(visitor, album, photo, 'More', 'Ida')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(listComments(visitor, album, photo)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  const { album: other } = await albumWithPhotos(owner, 'Other', 1)
  await change(owner, [{ kind: 'move', from: album, to: other, photos: [photo] }])
  await revokeShare(owner, link.name)
  expect(await listComments(owner, other, photo)).toMatchObject([
    { name: 'Ida', visitor: 'Family', text: 'Still here', former: false },
  ])
  expect(await findings(owner)).toEqual([])
})

test('fifty accounts and visitors write at once: nothing is lost, and nothing there twice', async () => {
  const { gallery, owner, album, photo } = await setUp()
  const writers: Session[] = []
  for (let n = 0; n < 25; n++) {
    const { session } = await addAccount(gallery, owner, `ana${n}`)
    await grant(owner, `ana${n}`, { [album]: 'comment' })
    writers.push(session, (await addLink(gallery, owner, album, { answers })).visitor)
  }
  // Each of them twice.
  const texts = Array.from({ length: 100 }, (_, n) => `Comment ${n}`)
  await Promise.all(texts.map((text, n) => say(writers[n % 50] ?? owner, album, photo, text, 'Ida')))
  const said = (await listComments(owner, album, photo)).map(({ text }) => text)
  expect(said.toSorted()).toEqual(texts.toSorted())
})

test('a link that writes without end is told to wait, and accounts are not', async () => {
  const { owner, album, photo, visitor } = await setUp()
  for (let n = 0; n < 20; n++) await say(visitor, album, photo, `${n}`, 'Ida')
  await expect(say(visitor, album, photo, 'One more', 'Ida')).rejects.toMatchObject({
    ...{ code: 'CONFLICT', text: { id: 'commentsTooFast' } },
  })
  for (let n = 0; n < 21; n++) await say(owner, album, photo, `${n}`)
})

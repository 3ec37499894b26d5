import { expect, test, vi } from 'vitest'
import { render } from 'vitest-browser-svelte'
import type { Comment } from '../../shared/schemas/comment.ts'
import { ChangeFeed, setChangeFeed } from '../api/change-feed.ts'
import type { Client } from '../api/client.ts'
import { setClient } from '../api/client-context.ts'
import { setSessionState, type SessionState } from '../auth/session-state.svelte.ts'
import WithContexts from '../testing/WithContexts.svelte'
import { Dialogs, setDialogs } from '../ui/dialogs/dialogs.svelte.ts'
import { Notices, setNotices } from '../ui/toasts/notices.svelte.ts'
import { CommentCounts, setCommentCounts } from './comment-counts.svelte.ts'
import CommentThread from './CommentThread.svelte'

const album = 'owner~Abcd1234'
const photo = 'Photo00001'
const comment = (number: number, more: Partial<Comment> = {}): Comment => ({
  ...{
    writer: 'ana',
    number,
    photo,
    name: 'Ana Costa',
    visitor: null,
    former: false,
    own: false,
    text: `Comment ${number}`,
  },
  ...{ spot: null, at: '2026-11-26T10:00:00.000Z', changedAt: null, hidden: false },
  ...more,
})

const open = async (
  right: 'read' | 'comment' | 'modify',
  comments: Comment[],
  { isVisitor = false } = {},
) => {
  const feed = new ChangeFeed()
  const calls = {
    list: vi.fn(() => Promise.resolve([...comments])),
    counts: vi.fn(() => Promise.resolve([{ photo, comments: 1, unread: 1 }])),
    ...{ seen: vi.fn(() => Promise.resolve()), write: vi.fn(() => Promise.resolve({ album, number: 7 })) },
    ...{ edit: vi.fn(() => Promise.resolve()), hide: vi.fn(() => Promise.resolve()) },
  }
  const client = { comments: calls } as unknown as Client
  const counts = new CommentCounts(client, () => true)
  counts.want(album)
  await expect.poll(() => counts.of({ album, id: photo }).unread).toBe(1)
  const provide = () => {
    setClient(client)
    setChangeFeed(feed)
    setNotices(new Notices())
    setDialogs(new Dialogs())
    setCommentCounts(counts)
    setSessionState({ session: { share: right === 'comment' && isVisitor } } as SessionState)
  }
  const props = { album: { id: album, right }, photo, disabled: false }
  const screen = await render(WithContexts, { props: { of: CommentThread, props, provide } })
  return { screen, calls, feed, comments }
}

test('who may only read sees what was said, has no field, and what was shown is noted as read', async () => {
  const { screen, calls } = await open('read', [comment(1), comment(2, { own: true })])
  await expect.element(screen.getByText('Comment 1')).toBeVisible()
  await expect.element(screen.getByText('Ana Costa')).toBeVisible()
  expect(screen.getByRole('textbox').query()).toBeNull()
  expect(screen.getByRole('button', { name: 'Hide this comment' }).query()).toBeNull()
  await expect.poll(() => calls.seen.mock.calls).toEqual([[{ album, photo }]])
})

test('Enter sends what was typed and empties the field, Shift and Enter makes a line', async () => {
  const { screen, calls } = await open('comment', [])
  const field = screen.getByRole('textbox', { name: 'Add a comment' })
  await field.fill('  One\nTwo ')
  await field.click()
  field.element().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', shiftKey: true, bubbles: true }))
  expect(calls.write).not.toHaveBeenCalled()
  field.element().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
  await expect.poll(() => calls.write.mock.calls).toEqual([[{ album, photo, text: 'One\nTwo', spot: null }]])
  await expect.element(field).toHaveValue('')
})

test('a comment that was refused stays in its field', async () => {
  const { screen, calls } = await open('comment', [])
  calls.write.mockRejectedValueOnce(new Error('refused'))
  const field = screen.getByRole('textbox', { name: 'Add a comment' })
  await field.fill('Kept')
  await screen.getByRole('button', { name: 'Send' }).click()
  await expect.poll(() => calls.write.mock.calls.length).toBe(1)
  await expect.element(field).toHaveValue('Kept')
})

test('what others said is hidden by who may change the album, and one’s own words are edited', async () => {
  const { screen, calls } = await open('modify', [comment(1), comment(4, { own: true, writer: 'owner' })])
  await screen.getByRole('button', { name: 'Hide this comment' }).click()
  await expect
    .poll(() => calls.hide.mock.calls)
    .toEqual([[{ album, writer: 'ana', number: 1, hidden: true }]])
  await screen.getByRole('button', { name: 'Edit this comment' }).click()
  const field = screen.getByRole('textbox', { name: 'Edit this comment' })
  await field.fill('Better')
  await screen.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => calls.edit.mock.calls).toEqual([[{ album, number: 4, text: 'Better' }]])
})

test('a thread is read again as soon as something is told', async () => {
  const { screen, feed, comments } = await open('read', [comment(1)])
  await expect.element(screen.getByText('Comment 1')).toBeVisible()
  comments.push(comment(2))
  feed.announce()
  await expect.element(screen.getByText('Comment 2')).toBeVisible()
})

test('the visitor of a link gives a name once, and changes what was written in this browser alone', async () => {
  localStorage.removeItem('visitor')
  const visitor = { writer: 'share~Abcd1234', visitor: '', name: 'Ida', own: true }
  const { screen, calls } = await open('comment', [comment(1, visitor), comment(7, visitor)], {
    isVisitor: true,
  })
  await expect.element(screen.getByText('Comment 7')).toBeVisible()
  expect(screen.getByRole('button', { name: 'Edit this comment' }).query()).toBeNull()
  await screen.getByRole('textbox', { name: 'Your name' }).fill('Ida')
  await screen.getByRole('textbox', { name: 'Add a comment' }).fill('Lovely')
  await screen.getByRole('button', { name: 'Send' }).click()
  await expect
    .poll(() => calls.write.mock.calls)
    .toEqual([[{ album, photo, text: 'Lovely', spot: null, by: 'Ida' }]])
  // The gallery said that this was its seventh comment.
  await expect.element(screen.getByRole('button', { name: 'Edit this comment' })).toBeVisible()
  expect(screen.getByRole('button', { name: 'Edit this comment' }).elements()).toHaveLength(1)
  expect(calls.seen).not.toHaveBeenCalled()
})

test('what a visitor said is shown with the link that they came by, and never as an account', async () => {
  const more = { writer: 'share~Abcd1234', name: 'Ana Costa', visitor: 'Family' }
  const { screen } = await open('read', [comment(1, more), comment(2, { ...more, visitor: '' })])
  await expect.element(screen.getByText('Ana Costa (visitor of Family)')).toBeVisible()
  await expect.element(screen.getByText('Ana Costa (visitor)')).toBeVisible()
})

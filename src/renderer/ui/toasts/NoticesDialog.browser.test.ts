import { expect, test, vi } from 'vitest'
import { render } from 'vitest-browser-svelte'
import WithContexts from '../../testing/WithContexts.svelte'
import { Notices, setNotices } from './notices.svelte.ts'
import NoticesDialog from './NoticesDialog.svelte'

const openDialog = async (notices: Notices) =>
  render(WithContexts, {
    props: { of: NoticesDialog, props: { onclose: vi.fn() }, provide: () => void setNotices(notices) },
  })

test('what was said and what failed can be read again, the last one first, and counts as read then', async () => {
  const notices = new Notices()
  notices.remember('Moved 3 photos to “Studio”.')
  await notices.attempt(() => Promise.reject(new Error('unknown')))
  notices.dismiss()
  expect(notices.unread).toBe(1)
  const screen = await openDialog(notices)
  const lines = screen.getByRole('listitem')
  await expect.element(lines.nth(1)).toBeInTheDocument()
  const texts = lines.elements().map(({ textContent }) => textContent)
  expect(texts).toHaveLength(2)
  expect(texts[1]).toContain('Moved 3 photos to “Studio”.')
  expect(notices.unread).toBe(0)
})

test('the oldest of very many give way, and all can be cleared', async () => {
  const notices = new Notices()
  for (let n = 0; n < 150; n++) notices.remember(`Rated photo ${n}.`)
  const screen = await openDialog(notices)
  expect(screen.getByRole('listitem').elements()).toHaveLength(100)
  await expect.element(screen.getByText('Rated photo 149.')).toBeInTheDocument()
  await screen.getByRole('button', { name: 'Clear' }).click()
  await expect.element(screen.getByText('Nothing was said in this window yet.')).toBeInTheDocument()
})

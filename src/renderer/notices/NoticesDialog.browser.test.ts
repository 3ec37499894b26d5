import { expect, test, vi } from 'vitest'
import { render } from 'vitest-browser-svelte'
import type { NoticeList } from '../../shared/schemas/notice.ts'
import { setAlbumsState, type AlbumsState } from '../albums/albums-state.svelte.ts'
import { setClient } from '../api/client-context.ts'
import type { Client } from '../api/client.ts'
import { setNavigation, type Navigation } from '../app/navigation.svelte.ts'
import { setSettingsRoute, SettingsRoute } from '../settings/settings-route.svelte.ts'
import WithContexts from '../testing/WithContexts.svelte'
import { Notices, setNotices } from '../ui/toasts/notices.svelte.ts'
import NoticesDialog from './NoticesDialog.svelte'

const album = 'owner~Abcd1234'
const [photo, share] = ['Ab3dEf7hIj', 'share~Abcd1234']
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()

const told: NoticeList['notices'] = [
  { kind: 'comments', album, at: hoursAgo(1), photo, name: 'Ana Costa', count: 1, unread: true },
  { kind: 'selection', album, at: hoursAgo(2), share, name: 'Anna Berg', count: 28, unread: true },
  { kind: 'uploads', album, at: hoursAgo(3), share, count: 12, unread: false },
  { kind: 'photos', album, at: hoursAgo(4), count: 3, unread: false },
  { kind: 'links', album, at: hoursAgo(5), share, label: 'Lena', expires: hoursAgo(-60), unread: false },
]

const openDialog = async (notices: Notices, list: NoticeList['notices'] | null = []) => {
  const [go, read, onclose, settingsRoute] = [vi.fn(), vi.fn(), vi.fn(), new SettingsRoute()]
  const until = new Date().toISOString()
  const provide = () => {
    setNotices(notices)
    setAlbumsState({ byId: () => ({ title: 'Corsica' }) } as unknown as AlbumsState)
    setNavigation({ go } as unknown as Navigation)
    setSettingsRoute(settingsRoute)
    setClient({
      notices: {
        list: () =>
          list ? Promise.resolve({ notices: list, unread: 2, until }) : Promise.reject(new Error()),
        read,
      },
    } as unknown as Client)
  }
  const screen = await render(WithContexts, { props: { of: NoticesDialog, props: { onclose }, provide } })
  return { screen, go, read, onclose, settingsRoute, until }
}

test('what happened and what the window has said can be read, the last first, and counts as read then', async () => {
  const notices = new Notices()
  notices.remember('Moved 3 photos to “Studio”.')
  await notices.attempt(() => Promise.reject(new Error('unknown')))
  notices.dismiss()
  notices.hasTold(2)
  expect(notices.unread).toBe(3)
  const { screen, read, until } = await openDialog(notices, told)
  const lines = screen.getByRole('listitem')
  await expect.element(lines.nth(6)).toBeInTheDocument()
  const texts = lines.elements().map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim())
  expect(texts[1]).toContain('Moved 3 photos to “Studio”.')
  expect(texts[2]).toContain('Ana Costa commented in “Corsica”')
  expect(texts[3]).toContain('Anna Berg is done with choosing in “Corsica”: 28 photos')
  expect(texts[4]).toContain('Visitors sent 12 photos to “Corsica”')
  expect(texts[5]).toContain('New in “Corsica”: 3 photos')
  expect(texts[6]).toContain('Your link for Lena to “Corsica” ends on')
  expect(screen.getByRole('button', { name: /new$/ }).elements()).toHaveLength(2)
  expect(read).toHaveBeenCalledExactlyOnceWith({ until })
  expect(notices.unread).toBe(0)
})

test('each leads to its place: the photo that was spoken of, what was chosen, the album, the link', async () => {
  const { screen, go, onclose, settingsRoute } = await openDialog(new Notices(), told)
  const click = (name: RegExp) => screen.getByRole('button', { name }).click()
  await click(/commented/)
  expect(go).toHaveBeenLastCalledWith({ album, photo })
  await click(/done with choosing/)
  expect(go).toHaveBeenLastCalledWith({ album, filter: { chosen: share } })
  await click(/New in/)
  expect(go).toHaveBeenLastCalledWith({ album })
  await click(/Your link/)
  expect([settingsRoute.section, settingsRoute.item]).toEqual(['links', share])
  expect(onclose).toHaveBeenCalledTimes(4)
})

test('who is told nothing by the gallery reads what the window has said, the oldest of very many give way, and all can be cleared', async () => {
  const notices = new Notices()
  for (let n = 0; n < 150; n++) notices.remember(`Rated photo ${n}.`)
  const { screen, read } = await openDialog(notices, null)
  expect(screen.getByRole('listitem').elements()).toHaveLength(100)
  await expect.element(screen.getByText('Rated photo 149.')).toBeInTheDocument()
  await screen.getByRole('button', { name: 'Clear' }).click()
  await expect.element(screen.getByText('There is nothing new.')).toBeInTheDocument()
  expect(read).not.toHaveBeenCalled()
})

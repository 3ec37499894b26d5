import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import { setAccessState, type AccessState } from '../access/access-state.svelte.ts'
import { setAlbumsState, type AlbumsState } from '../albums/albums-state.svelte.ts'
import { setClient } from '../api/client-context.ts'
import type { Client } from '../api/client.ts'
import { setNavigation, type Navigation } from '../app/navigation.svelte.ts'
import { setCollectionActions, type CollectionActions } from '../collections/collection-actions.ts'
import { setCollectionsState, type CollectionsState } from '../collections/collections-state.svelte.ts'
import { setHistory, type History } from '../commands/history.svelte.ts'
import { Dialogs, setDialogs } from '../ui/dialogs/dialogs.svelte.ts'
import { setSessionState, type SessionState } from '../auth/session-state.svelte.ts'
import { setSettingsRoute, SettingsRoute } from '../settings/settings-route.svelte.ts'
import { setStatusesState, type StatusesState } from '../statuses/statuses-state.svelte.ts'
import { setTagsState, type TagsState } from '../tags/tags-state.svelte.ts'
import WithContexts from '../testing/WithContexts.svelte'
import SearchBox from './SearchBox.svelte'

const albums = [
  { id: 'owner~Abcd1234', title: '2019/Corse', photos: 120 },
  { id: 'owner~Abcd1235', title: 'Łódź', photos: 7 },
]

const setUp = async () => {
  const go = vi.fn()
  const dialogs = new Dialogs()
  const provide = () => {
    setClient({
      photos: {
        cameras: () => Promise.resolve([{ camera: 'Leica M6', photos: 11 }]),
        towns: () => Promise.resolve([{ name: 'Lyon', country: 'FR', photos: 8 }]),
        months: () => Promise.resolve([{ month: '2019-07', photos: 20 }]),
      },
      selections: { clients: () => Promise.resolve([]) },
      comments: {
        search: () => Promise.resolve({ photos: 3, albums: [{ album: 'owner~Abcd1235', comments: 2 }] }),
      },
    } as unknown as Client)
    setNavigation({ filter: {}, album: null, go } as unknown as Navigation)
    setAlbumsState({ albums, shown: undefined } as unknown as AlbumsState)
    setTagsState({ tags: [{ tag: 'sea', photos: 4 }] } as unknown as TagsState)
    setStatusesState({ all: [] } as unknown as StatusesState)
    setAccessState({ accounts: [] } as unknown as AccessState)
    setSessionState({ administrator: false, hasAccount: true } as unknown as SessionState)
    setSettingsRoute(new SettingsRoute())
    setCollectionActions({ mayCreate: true } as CollectionActions)
    setCollectionsState({ collections: [] } as unknown as CollectionsState)
    setHistory({} as History)
    setDialogs(dialogs)
  }
  const screen = await render(WithContexts, { props: { of: SearchBox, props: {}, provide } })
  return { screen, go, dialogs, box: screen.getByRole('combobox', { name: 'Search photos' }) }
}

test('Enter looks for what was typed in all photos', async () => {
  const { go, box } = await setUp()
  await box.fill('été 2019')
  await userEvent.keyboard('{Enter}')
  // The first key may be faster than the suggestions, which come then.
  await vi.waitFor(
    () => expect(go).toHaveBeenCalledExactlyOnceWith({ album: null, filter: { text: 'été 2019' } }),
    { timeout: 10_000 },
  )
  await expect.element(box).toHaveAttribute('aria-expanded', 'false')
})

test('arrows go through the groups around their ends, and Enter goes to what they are on', async () => {
  const { screen, go, box } = await setUp()
  await box.fill('lodz')
  const albums = screen.getByRole('group', { name: 'Albums' })
  await expect.element(albums).toBeVisible()
  await userEvent.keyboard('{ArrowDown}')
  // What was said of the same album comes later, in a group of its own.
  await expect.element(albums.getByRole('option', { name: /Łódź/ })).toHaveAttribute('aria-selected', 'true')
  await userEvent.keyboard('{ArrowDown}{ArrowUp}{Enter}')
  expect(go).toHaveBeenCalledExactlyOnceWith({ album: 'owner~Abcd1235', filter: {} })
})

test('what is counted in all photos joins the list when it comes', async () => {
  const { screen, go, box } = await setUp()
  await box.fill('2019')
  await screen.getByRole('option', { name: /July 2019 20/ }).click()
  expect(go).toHaveBeenCalledExactlyOnceWith({
    album: null,
    filter: { from: '2019-07-01', to: '2019-07-31' },
  })
  await box.fill('leica')
  await expect.element(screen.getByRole('option', { name: /Leica M6 11/ })).toBeVisible()
})

test('what was said with the words is a kind of its own: photos by their number, and albums', async () => {
  const { screen, go, box } = await setUp()
  await box.fill('heron "at six"')
  const group = screen.getByRole('group', { name: 'Comments' })
  await expect.element(group.getByRole('option', { name: 'Łódź 2 comments' })).toBeVisible()
  await group.getByRole('option', { name: 'Comments with “heron "at six"” 3' }).click()
  const filter = { text: 'comment:heron comment:"at six"' }
  expect(go).toHaveBeenCalledExactlyOnceWith({ album: null, filter })
})

test('Escape closes the list first and empties the box then', async () => {
  const { screen, box } = await setUp()
  await box.fill('sea')
  await expect.element(screen.getByRole('listbox')).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await expect.element(screen.getByRole('listbox')).not.toBeInTheDocument()
  await expect.element(box).toHaveValue('sea')
  await userEvent.keyboard('{Escape}')
  await expect.element(box).toHaveValue('')
})

test('what was typed is kept as a smart album of a name that is asked for', async () => {
  const { screen, go, dialogs, box } = await setUp()
  await box.fill('boat summer 2019')
  await screen.getByRole('option', { name: 'Save “boat summer 2019” as smart album…' }).click()
  await expect
    .poll(() => dialogs.now)
    .toMatchObject({ kind: 'text', title: 'New smart album', value: '“boat summer 2019”' })
  expect(go).not.toHaveBeenCalled()
})

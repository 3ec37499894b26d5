import { expect, onTestFinished, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import type { Collection, SavedSearch } from '../../shared/schemas/collection.ts'
import { setAlbumsState, type AlbumsState } from '../albums/albums-state.svelte.ts'
import { setClient } from '../api/client-context.ts'
import type { Client } from '../api/client.ts'
import { Navigation, setNavigation } from '../app/navigation.svelte.ts'
import { setCollectionActions, type CollectionActions } from '../collections/collection-actions.ts'
import { setCollectionsState, type CollectionsState } from '../collections/collections-state.svelte.ts'
import { setHistory, type History } from '../commands/history.svelte.ts'
import type { PhotoView } from '../grid/photo-view.svelte.ts'
import { setStatusesState, type StatusesState } from '../statuses/statuses-state.svelte.ts'
import WithContexts from '../testing/WithContexts.svelte'
import { Dialogs, setDialogs } from '../ui/dialogs/dialogs.svelte.ts'
import { Menus, setMenus } from '../ui/menus/menus.svelte.ts'
import FilterRow from './FilterRow.svelte'

const id = 'owner~-Smart123'
const corsica = { id: 'owner~Corsica1', title: 'Corsica', photos: 12 }
const search: SavedSearch = { album: corsica.id, filter: { all: ['Sea'], rating: 3 } }

interface Case {
  right?: 'read' | 'modify'
  mayCreate?: boolean
  albums?: (typeof corsica)[]
  width?: number
}

const setUp = async ({ right = 'modify', mayCreate = true, albums = [corsica], width = 1280 }: Case = {}) => {
  await page.viewport(width, 844)
  onTestFinished(() => page.viewport(1280, 800))
  window.history.replaceState(null, '', '?')
  const collection = { id, title: 'Sea', right, smart: true, search } as Collection
  const collectionsState = { shown: collection, read: () => Promise.resolve() }
  const navigation = new Navigation({
    onarrive: () => {},
    titleOf: () => undefined,
    collectionOf: (asked) => (asked === id ? collection : undefined),
  })
  onTestFinished(navigation.follow())
  const perform = vi.fn(() => Promise.resolve({ collection: id }))
  const [dialogs, menus] = [new Dialogs(), new Menus()]
  const byId = (asked: string) => albums.find((album) => album.id === asked)
  const provide = () => {
    setClient({} as Client)
    setStatusesState({ nameOf: () => undefined } as unknown as StatusesState)
    setNavigation(navigation)
    setAlbumsState({ albums, byId, total: 40 } as unknown as AlbumsState)
    setCollectionsState(collectionsState as unknown as CollectionsState)
    setCollectionActions({ mayCreate } as CollectionActions)
    setHistory({ perform } as unknown as History)
    setDialogs(dialogs)
    setMenus(menus)
  }
  const view = { pages: { total: 5, searching: null, query: {} } } as unknown as PhotoView
  navigation.go({ collection: id })
  const screen = await render(WithContexts, { props: { of: FilterRow, props: { view }, provide } })
  return { screen, navigation, perform, dialogs, menus }
}

test('a smart album tells its conditions, its album among them, and there is nothing to save', async () => {
  const { screen } = await setUp()
  for (const name of ['Without in Corsica', 'Without Sea', 'Without ★★★+'])
    await expect.element(screen.getByRole('button', { name })).toBeVisible()
  await expect.element(screen.getByText('5 of 12 photos')).toBeVisible()
  for (const name of ['Save changes', 'Save as new…', 'Revert', 'Clear filter'])
    await expect.element(screen.getByRole('button', { name })).not.toBeInTheDocument()
})

test('a condition that is dropped is missed here alone, until it is saved or taken back', async () => {
  const { screen, navigation, perform } = await setUp()
  await screen.getByRole('button', { name: 'Without in Corsica' }).click()
  await screen.getByRole('button', { name: 'Revert' }).click()
  expect(navigation.search).toEqual(search)
  await screen.getByRole('button', { name: 'Without ★★★+' }).click()
  await screen.getByRole('button', { name: 'Save changes' }).click()
  const to = { album: corsica.id, filter: { all: ['Sea'] } }
  await expect
    .poll(() => perform.mock.calls)
    .toEqual([
      ['Changed what “Sea” looks for', [{ kind: 'search-collection', collection: id, to, from: search }]],
    ])
})

test('what was changed becomes another one of a name that is asked for', async () => {
  const { screen, dialogs, perform } = await setUp()
  await screen.getByRole('button', { name: 'Without Sea' }).click()
  await screen.getByRole('button', { name: 'Save as new…' }).click()
  await expect.poll(() => dialogs.now).toMatchObject({ kind: 'text', value: '★★★+', suggested: true })
  if (dialogs.now?.kind === 'text') await dialogs.now.give('Best')
  const kept = { album: corsica.id, filter: { rating: 3 } }
  expect(perform.mock.calls).toEqual([
    ['Saved smart album “Best”', [{ kind: 'create-collection', title: 'Best', search: kept }]],
  ])
})

test('who may only look at it may look for something else, and is offered to save nothing', async () => {
  const { screen } = await setUp({ right: 'read', mayCreate: false, albums: [] })
  await screen.getByRole('button', { name: 'Without in an album that you may not see' }).click()
  await expect.element(screen.getByRole('button', { name: 'Revert' })).toBeVisible()
  for (const name of ['Save changes', 'Save as new…'])
    await expect.element(screen.getByRole('button', { name })).not.toBeInTheDocument()
})

test('on a phone one button has all of that', async () => {
  const { screen, menus, navigation } = await setUp({ width: 390 })
  navigation.refine({ rating: 4 })
  await screen.getByRole('button', { name: 'Save' }).click()
  const labels = menus.now?.items.map((item) => item && 'run' in item && item.label)
  expect(labels).toEqual(['Save changes', 'Save as new…', 'Revert'])
})

test('any other search may become a smart album', async () => {
  const { screen, navigation, dialogs } = await setUp()
  navigation.go({ album: corsica.id, filter: { text: 'boat' } })
  await screen.getByRole('button', { name: 'Save as smart album…' }).click()
  await expect.poll(() => dialogs.now).toMatchObject({ kind: 'text', value: '“boat”' })
  navigation.go({ trash: true })
  await expect.element(screen.getByRole('button', { name: 'Save as smart album…' })).not.toBeInTheDocument()
})

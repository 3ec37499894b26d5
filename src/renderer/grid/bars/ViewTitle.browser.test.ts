import { expect, test } from 'vitest'
import { render } from 'vitest-browser-svelte'
import { setAlbumsState, type AlbumsState } from '../../albums/albums-state.svelte.ts'
import { setCollectionsState, type CollectionsState } from '../../collections/collections-state.svelte.ts'
import { setNavigation, type Navigation } from '../../app/navigation.svelte.ts'
import WithContexts from '../../testing/WithContexts.svelte'
import type { PhotoView } from '../photo-view.svelte.ts'
import { setStatusesState, type StatusesState } from '../../statuses/statuses-state.svelte.ts'
import { setViewState, type ViewState } from '../view-state.svelte.ts'
import ViewTitle from './ViewTitle.svelte'

const album = { id: 'owner~Abcd1234', title: '2024/Corsica', photos: 412, description: '' }

/** The title of a view of which 400 photos are loaded so far, while the sidebar says 412, and 500 of all. */
const show = (navigation: Partial<Navigation>) => {
  const view = { pages: { total: 400 }, selection: { size: 0 } } as unknown as PhotoView
  const shown = navigation.album === null ? undefined : album
  const provide = () => {
    setAlbumsState({ albums: [album], total: 500, shown } as unknown as AlbumsState)
    setCollectionsState({ shown: { title: 'Portfolio', photos: 12 } } as CollectionsState)
    setStatusesState({ nameOf: () => undefined } as unknown as StatusesState)
    setNavigation({
      ...{ trash: false, isFiltered: false, filter: {}, collection: null },
      one: navigation.album ?? navigation.collection ?? null,
      ...navigation,
    } as Navigation)
    setViewState({ picking: false } as ViewState)
  }
  return render(WithContexts, { props: { of: ViewTitle, props: { view }, provide } })
}

test('while photos come in the title of an album, and of all, has the number that the sidebar has', async () => {
  const screen = await show({ album: album.id })
  await expect.element(screen.getByText('412 photos')).toBeVisible()
  const all = await show({ album: null })
  await expect.element(all.getByText('500 photos')).toBeVisible()
})

test('what is narrowed, or in the trash, is counted as it is shown', async () => {
  const narrowed = await show({ album: album.id, isFiltered: true })
  await expect.element(narrowed.getByText('400 photos')).toBeVisible()
  const trash = await show({ album: null, trash: true })
  await expect.element(trash.getByText('400 photos').last()).toBeVisible()
})

test('a collection has its own title and number', async () => {
  const screen = await show({ album: null, collection: 'owner~-Abcd1234' })
  await expect.element(screen.getByRole('heading', { name: 'Portfolio' })).toBeVisible()
  await expect.element(screen.getByText('12 photos')).toBeVisible()
})

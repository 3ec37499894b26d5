import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import { inCommon } from '../../shared/domain/common-details.ts'
import type { SharedDetails } from '../../shared/schemas/photo.ts'
import { setAlbumsState, type AlbumsState } from '../albums/albums-state.svelte.ts'
import { ChangeFeed, setChangeFeed } from '../api/change-feed.ts'
import { setClient } from '../api/client-context.ts'
import type { Client } from '../api/client.ts'
import { setNavigation, type Navigation } from '../app/navigation.svelte.ts'
import { setStatusesState, type StatusesState } from '../statuses/statuses-state.svelte.ts'
import { usualStatuses } from '../../shared/schemas/status.ts'
import { Menus, setMenus } from '../ui/menus/menus.svelte.ts'
import { setTagsState, type TagsState } from '../tags/tags-state.svelte.ts'
import WithContexts from '../testing/WithContexts.svelte'
import { Dialogs, setDialogs } from '../ui/dialogs/dialogs.svelte.ts'
import { setPhotoActions, type PhotoActions } from './photo-actions.svelte.ts'
import SelectionInfo from './SelectionInfo.svelte'

const album = 'owner~Abcd1234'
const refs = [`${album}/photo00001`, `${album}/photo00002`]

const setUp = async (more: Partial<SharedDetails>, right = 'modify') => {
  const menus = new Menus()
  const actions = { mark: vi.fn(), edit: vi.fn(), tag: vi.fn() }
  const known = { ...inCommon([]), photos: 2, albums: [{ album, photos: 2 }], ...more }
  const common = vi.fn(() => Promise.resolve(known))
  const albums = [{ id: album, title: 'Corsica', right }]
  const provide = () => {
    setClient({ photos: { common } } as unknown as Client)
    setAlbumsState({ albums, byId: () => albums[0] } as unknown as AlbumsState)
    setNavigation({ trash: false } as unknown as Navigation)
    setTagsState({ tags: [] } as unknown as TagsState)
    setPhotoActions(actions as unknown as PhotoActions)
    setChangeFeed(new ChangeFeed())
    setDialogs(new Dialogs())
    setMenus(menus)
    const byId = (id: string | null) => usualStatuses.find((status) => status.id === id)
    setStatusesState({ all: usualStatuses, byId } as unknown as StatusesState)
  }
  const screen = await render(WithContexts, { props: { of: SelectionInfo, props: { refs }, provide } })
  await expect.element(screen.getByRole('heading', { name: '2 photos selected' })).toBeVisible()
  return { screen, actions, common, menus }
}

test('a field in which photos differ is empty and says so, and what is typed there is given to all', async () => {
  const { screen, actions } = await setUp({ mixed: ['title'], caption: 'Low tide' })
  const title = screen.getByRole('textbox', { name: 'Title' })
  await expect.element(title).toHaveAttribute('placeholder', 'Title: mixed')
  await expect.element(screen.getByRole('textbox', { name: 'Caption' })).toHaveValue('Low tide')
  await title.click()
  await userEvent.keyboard('{Enter}')
  expect(actions.edit).not.toHaveBeenCalled()
  await title.fill('Harbour')
  await userEvent.keyboard('{Enter}')
  expect(actions.edit).toHaveBeenCalledExactlyOnceWith('title', 'Harbour', refs)
})

test('a label that all have is taken away by its button, and one that some have is given to all', async () => {
  const { screen, actions } = await setUp({ label: 'red', mixed: ['rating'] })
  await expect.element(screen.getByText('Rating: mixed')).toBeVisible()
  await screen.getByRole('button', { name: 'Red' }).click()
  expect(actions.mark).toHaveBeenLastCalledWith('label', null)
  await screen.getByRole('button', { name: '3 of 5 stars' }).click()
  expect(actions.mark).toHaveBeenLastCalledWith('rating', '3')
})

test('a status that all have is told by its name, and of several none is', async () => {
  const { screen, actions, menus } = await setUp({ status: 'toEdit' })
  await screen.getByRole('button', { name: 'Status: To edit' }).click()
  const items = menus.now?.items.flatMap((item) => (item && 'run' in item ? [item] : [])) ?? []
  expect(items.map(({ label, keys, checked }) => [label, keys, checked])).toEqual([
    ['No status', '⇧0', false],
    ['New', '⇧1', false],
    ['To edit', '⇧2', true],
    ['Edited', '⇧3', false],
    ['Delivered', '⇧4', false],
  ])
  items[3]?.run()
  expect(actions.mark).toHaveBeenLastCalledWith('status', 'edited')
})

test('where photos have several statuses, or one that the gallery does not have, that is told', async () => {
  const mixed = await setUp({ mixed: ['status'] })
  await expect.element(mixed.screen.getByRole('button', { name: 'Status: mixed' })).toBeVisible()
  await mixed.screen.unmount()
  const { screen } = await setUp({ status: 'printer' })
  await expect.element(screen.getByRole('button', { name: 'Status: No status' })).toBeVisible()
})

test('a tag of some of them says of how many, and is given to the others by one button', async () => {
  const { screen, actions } = await setUp({
    tags: [
      { tag: 'Sea', photos: 2 },
      { tag: 'Night', photos: 1 },
    ],
  })
  await expect.element(screen.getByText('on 1 of 2')).toBeVisible()
  await expect.element(screen.getByRole('button', { name: 'Give Sea to all' })).not.toBeInTheDocument()
  await screen.getByRole('button', { name: 'Give Night to all' }).click()
  expect(actions.tag).toHaveBeenLastCalledWith(refs, ['Night'], [])
})

test('whoever may change none of them reads what they have in common', async () => {
  const { screen } = await setUp({ title: 'Harbour' }, 'read')
  await expect.element(screen.getByRole('textbox', { name: 'Title' })).toBeDisabled()
  await expect.element(screen.getByText('Corsica')).toBeVisible()
})

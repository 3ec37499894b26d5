import { expect, test, vi } from 'vitest'
import { render } from 'vitest-browser-svelte'
import type { DuplicateGroup } from '../../shared/schemas/duplicates.ts'
import { setAlbumsState, type AlbumsState } from '../albums/albums-state.svelte.ts'
import type { Client } from '../api/client.ts'
import { setClient } from '../api/client-context.ts'
import { setNavigation, type Navigation } from '../app/navigation.svelte.ts'
import { setPhotoActions, type PhotoActions } from '../photos/photo-actions.svelte.ts'
import WithContexts from '../testing/WithContexts.svelte'
import DuplicatesDialog from './DuplicatesDialog.svelte'

const photo = (id: string, more: object = {}) =>
  ({
    id,
    album: 'owner~Abcd1234',
    title: `${id}.jpg`,
    width: 6000,
    height: 4000,
    thumb: null,
    rating: 0,
    missing: false,
    bytes: 8e6,
    ...more,
  }) as DuplicateGroup['photos'][number]

const openDialog = async (photos: DuplicateGroup['photos']) => {
  const groups: DuplicateGroup[] = photos.length > 0 ? [{ kind: 'same', photos }] : []
  const duplicates = vi.fn(() => Promise.resolve({ looked: 9, total: groups.length, groups }))
  const trash = vi.fn(() => Promise.resolve())
  const albums = [
    { id: 'owner~Abcd1234', title: 'Corsica', right: 'modify' },
    { id: 'owner~Wxyz1234', title: 'Studio', right: 'read' },
  ]
  const provide = () => {
    setClient({ photos: { duplicates } } as unknown as Client)
    setAlbumsState({ albums } as unknown as AlbumsState)
    setNavigation({ album: null } as unknown as Navigation)
    setPhotoActions({ trash } as unknown as PhotoActions)
  }
  const props = { onclose: vi.fn() }
  const screen = await render(WithContexts, { props: { of: DuplicatesDialog, props, provide } })
  return { screen, duplicates, trash }
}

test('the first of a group is kept, the others leave, and what the user keeps too stays', async () => {
  const { screen, trash } = await openDialog([photo('keep'), photo('second'), photo('third')])
  const second = screen.getByRole('button', { name: /second.jpg/ })
  await expect.element(second).toHaveAttribute('aria-pressed', 'false')
  await second.click()
  await screen.getByRole('button', { name: 'Move 1 photo to the trash' }).click()
  expect(trash).toHaveBeenCalledWith(['owner~Abcd1234/third'])
})

test('a photo of an album that the user may only look at never leaves', async () => {
  const { screen } = await openDialog([photo('keep'), photo('theirs', { album: 'owner~Wxyz1234' })])
  await expect.element(screen.getByRole('button', { name: /theirs.jpg/ })).toBeDisabled()
  await expect.element(screen.getByRole('button', { name: 'Move 0 photos to the trash' })).toBeDisabled()
})

test('photos that look alike are asked for with the threshold, and none found is said', async () => {
  const { screen, duplicates } = await openDialog([])
  await expect.element(screen.getByText('No duplicates among 9 photos.')).toBeVisible()
  await screen.getByText('Look alike').click()
  await vi.waitFor(() => expect(duplicates).toHaveBeenLastCalledWith({ album: null, threshold: 0.2 }))
})

import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import { setPhotoActions, type PhotoActions } from '../photos/photo-actions.svelte.ts'
import WithContexts from '../testing/WithContexts.svelte'
import { setAlbumActions, type AlbumActions } from './album-actions.ts'
import { setAlbumsState, type AlbumsState } from './albums-state.svelte.ts'
import MoveDialog from './MoveDialog.svelte'

const openDialog = async (mayCreate: boolean) => {
  const create = vi.fn(() => Promise.resolve({ id: 'ada~new' }))
  const provide = () => {
    setAlbumsState({ albums: [] } as unknown as AlbumsState)
    setPhotoActions({ lastAlbum: undefined } as unknown as PhotoActions)
    setAlbumActions({ mayCreate, create } as unknown as AlbumActions)
  }
  const onmoved = vi.fn()
  const props = { refs: ['owner~aaaaaaaa/one'], onmoved, onclose: vi.fn() }
  const screen = await render(WithContexts, { props: { of: MoveDialog, props, provide } })
  await userEvent.type(screen.getByRole('combobox'), 'Corsica')
  return { screen, create, onmoved }
}

test('who may make albums, administrator or not, moves photos to a new one of the name that was typed', async () => {
  const { screen, create, onmoved } = await openDialog(true)
  await screen.getByRole('option', { name: /Corsica/ }).click()
  expect(create).toHaveBeenCalledWith('Corsica')
  await vi.waitFor(() => expect(onmoved).toHaveBeenCalledWith({ id: 'ada~new' }))
})

test('who may not make albums is not offered a new one', async () => {
  const { screen } = await openDialog(false)
  await expect.element(screen.getByRole('option', { name: /Corsica/ })).not.toBeInTheDocument()
})

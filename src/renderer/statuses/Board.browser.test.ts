import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import type { PhotoQuery, PhotoSummary } from '../../shared/schemas/photo.ts'
import { usualStatuses } from '../../shared/schemas/status.ts'
import { ChangeFeed, setChangeFeed } from '../api/change-feed.ts'
import { setClient } from '../api/client-context.ts'
import type { Client } from '../api/client.ts'
import { setCommands, type CommandRegistry } from '../commands/registry.ts'
import { PhotoView } from '../grid/photo-view.svelte.ts'
import { setViewState, type ViewState } from '../grid/view-state.svelte.ts'
import { setClipboard, type Clipboard } from '../photos/clipboard.svelte.ts'
import { setPhotoActions, type PhotoActions } from '../photos/photo-actions.svelte.ts'
import WithContexts from '../testing/WithContexts.svelte'
import { PhotoDrag, setPhotoDrag } from '../ui/drag/photo-drag.svelte.ts'
import { Menus, setMenus } from '../ui/menus/menus.svelte.ts'
import Board from './Board.svelte'
import { setStatusesState, StatusesState } from './statuses-state.svelte.ts'

const album = 'owner~Abcd1234'
const photo = (n: number, status: string | null) =>
  ({ id: `photo${String(n).padStart(5, '0')}`, album, title: `P${n}`, thumb: null, status }) as PhotoSummary

/** A board of so many photos without a status, and of three that are to be edited. */
const setUp = async (without = 2) => {
  let photos = [
    ...Array.from({ length: without }, (_, n) => photo(n, null)),
    ...[1, 2, 3].map((n) => photo(90_000 + n, 'toEdit')),
  ]
  const having = ({ filter }: PhotoQuery) =>
    photos.filter(({ status }) => filter?.status === undefined || (status ?? 'none') === filter.status)
  const page = vi.fn(({ view, offset, limit }: { view: PhotoQuery; offset: number; limit: number }) =>
    Promise.resolve({ total: having(view).length, photos: having(view).slice(offset, offset + limit) }),
  )
  const refs = ({ view, offset, limit }: { view: PhotoQuery; offset: number; limit: number }) =>
    Promise.resolve(
      having(view)
        .slice(offset, offset + limit)
        .map(({ id }) => `${album}/${id}`),
    )
  const client = {
    photos: { page, refs },
    gallery: {
      statuses: () => Promise.resolve(usualStatuses),
      statusSetters: () => Promise.resolve('modify'),
    },
  } as unknown as Client
  const changeFeed = new ChangeFeed()
  const mark = vi.fn((_field: string, to: string | null, of: string[]) => {
    photos = photos.map((one) => (of.includes(`${album}/${one.id}`) ? { ...one, status: to } : one))
    changeFeed.announce()
    return Promise.resolve()
  })
  const openPhoto = vi.fn()
  const statusesState = new StatusesState(client)
  await statusesState.read()
  const view = new PhotoView(client, { album, sort: 'taken', descending: false })
  await view.refresh()
  const provide = () => {
    setClient(client)
    setChangeFeed(changeFeed)
    setCommands({ photoKey: () => false, photoMenu: () => [] } as unknown as CommandRegistry)
    setViewState({ openPhoto, covered: false } as unknown as ViewState)
    setClipboard({ cut: new Set() } as unknown as Clipboard)
    setPhotoActions({ mark } as unknown as PhotoActions)
    setPhotoDrag(new PhotoDrag())
    setMenus(new Menus())
    setStatusesState(statusesState)
  }
  const screen = await render(WithContexts, { props: { of: Board, props: { view }, provide } })
  const board = screen.getByRole('listbox', { name: 'By status' })
  ;(board.element() as HTMLElement).style.height = '600px'
  const column = (name: string) => screen.getByRole('group', { name: new RegExp(`^${name}(,|$)`) })
  await expect.element(column('To edit, 3 photos')).toBeVisible()
  await expect.element(column('To edit').getByRole('option').first()).toBeVisible()
  return { screen, board, column, mark, openPhoto, page, view }
}

test('each status has its column with its photos, and photos without one come first', async () => {
  const { screen } = await setUp()
  const names = screen
    .getByRole('group')
    .elements()
    .map((group) => group.getAttribute('aria-label'))
  expect(names).toEqual([
    'No status, 2 photos',
    'New, 0 photos',
    'To edit, 3 photos',
    'Edited, 0 photos',
    'Delivered, 0 photos',
  ])
  expect(screen.getByText('No photos', { exact: true }).elements()).toHaveLength(3)
})

test('of many photos those near what is seen are there, and their pages alone are asked for', async () => {
  const { column, page } = await setUp(5000)
  await expect.element(column('No status, 5,000 photos')).toBeVisible()
  const cells = column('No status').getByRole('option')
  await expect.element(cells.first()).toBeVisible()
  expect(cells.elements().length).toBeLessThan(80)
  const offsets = page.mock.calls
    .filter(([{ view }]) => view.filter?.status === 'none')
    .map(([{ offset }]) => offset)
  expect(new Set(offsets)).toEqual(new Set([0]))
})

test('a selection that is dragged onto a column gets its status', async () => {
  const { column, mark } = await setUp()
  const photos = column('To edit').getByRole('option')
  await photos.nth(0).click()
  await photos.nth(1).click({ modifiers: ['Shift'] })
  await expect.element(photos.nth(1)).toHaveAttribute('aria-selected', 'true')
  const dataTransfer = new DataTransfer()
  const tell = (element: Element | null, type: string) =>
    element?.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }))
  tell(photos.nth(0).element().querySelector('.picture'), 'dragstart')
  const edited = column('Edited').element()
  expect(tell(edited, 'dragover')).toBe(false)
  tell(edited, 'drop')
  const dragged = [`${album}/photo90001`, `${album}/photo90002`]
  expect(mark).toHaveBeenCalledExactlyOnceWith('status', 'edited', dragged)
  await expect.element(column('Edited, 2 photos')).toBeVisible()
  await expect.element(column('To edit, 1 photo')).toBeVisible()
})

test('keys go from photo to photo and from column to column, and move photos between these', async () => {
  const { column, board, mark, openPhoto, view } = await setUp()
  ;(board.element() as HTMLElement).focus()
  await userEvent.keyboard('{ArrowDown}')
  expect(view.selection.refs()).toEqual([`${album}/photo00000`])
  await userEvent.keyboard('{End}{ArrowRight}')
  expect(view.selection.refs()).toEqual([`${album}/photo90001`])
  await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}')
  expect(mark).toHaveBeenLastCalledWith('status', 'edited', [`${album}/photo90001`])
  await expect.element(column('Edited').getByRole('option', { selected: true })).toBeVisible()
  await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}')
  expect(mark).toHaveBeenLastCalledWith('status', 'delivered', [`${album}/photo90001`])
  await expect.element(column('Delivered, 1 photo')).toBeVisible()
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => openPhoto.mock.calls).toEqual([[2]])
})

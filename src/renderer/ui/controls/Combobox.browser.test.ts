import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import Combobox, { type Suggestion } from './Combobox.svelte'

const albums = Array.from({ length: 60 }, (_, i) => ({ key: `album-${i}`, label: `Album ${i}` }))
const suggestions = (text: string): Suggestion[] => albums.filter(({ label }) => label.includes(text))

const setUp = async (
  more: Partial<{ free: 'typed' | 'found'; open: boolean; none: string; submit: () => void }> = {},
) => {
  const take = vi.fn<(chosen: Suggestion | null, text: string) => void>()
  const screen = await render(Combobox, { label: 'Album', suggestions, take, ...more })
  const field = screen.getByRole('combobox', { name: 'Album' })
  await field.click()
  return { screen, field, take }
}

/** Whether the option that Enter would take lies within what is seen of its list. */
const activeIsSeen = () => {
  const active = document.querySelector('[role=option][aria-selected=true]')
  const list = active?.parentElement
  if (!active || !list) return false
  const [inner, outer] = [active.getBoundingClientRect(), list.getBoundingClientRect()]
  return inner.top >= outer.top && inner.bottom <= outer.bottom
}

test('the option that the arrows are on is always seen, however long the list is', async () => {
  await setUp()
  for (let i = 0; i < 30; i++) await userEvent.keyboard('{ArrowDown}')
  await expect.poll(activeIsSeen).toBe(true)
  for (let i = 0; i < 30; i++) await userEvent.keyboard('{ArrowUp}')
  await expect.poll(activeIsSeen).toBe(true)
})

test('Enter takes the active option and leaves the field free for the next', async () => {
  const { field, take } = await setUp()
  await field.fill('5')
  await userEvent.keyboard('{ArrowDown}{Enter}')
  expect(take).toHaveBeenCalledExactlyOnceWith({ key: 'album-15', label: 'Album 15' }, '5')
  await expect.element(field).toHaveValue('')
})

test('a text that nothing fits is taken only where new ones are allowed', async () => {
  const { field, take } = await setUp({ none: 'No album of that name' })
  await field.fill('Iceland')
  await userEvent.keyboard('{Enter}')
  expect(take).not.toHaveBeenCalled()
  const { field: free, take: takeNew } = await (async () => {
    document.body.replaceChildren()
    return setUp({ free: 'found' })
  })()
  await free.fill('Iceland')
  await userEvent.keyboard('{Enter}')
  expect(takeNew).toHaveBeenCalledExactlyOnceWith(null, 'Iceland')
})

test('where what is typed counts, Enter takes it as it stands, and a suggestion only under the arrows', async () => {
  const { field, take } = await setUp({ free: 'typed' })
  await field.fill('Album 1')
  await userEvent.keyboard('{Enter}')
  expect(take).toHaveBeenLastCalledWith(null, 'Album 1')
  await field.fill('Album 1')
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}')
  expect(take).toHaveBeenLastCalledWith({ key: 'album-10', label: 'Album 10' }, 'Album 1')
  await field.fill('Album 1')
  await userEvent.keyboard('{ArrowDown}{ArrowUp}{Enter}')
  expect(take).toHaveBeenLastCalledWith(null, 'Album 1')
})

test('Enter in the empty field says that one is done, where somebody listens', async () => {
  const submit = vi.fn()
  const { field, take } = await setUp({ free: 'typed', submit })
  await field.fill('a word')
  await userEvent.keyboard('{Enter}')
  expect(submit).not.toHaveBeenCalled()
  await userEvent.keyboard('{Enter}')
  expect(submit).toHaveBeenCalledOnce()
  expect(take).toHaveBeenCalledOnce()
})

test('a click takes an option before the field loses the focus', async () => {
  const { screen, take } = await setUp()
  await screen.getByRole('option', { name: 'Album 3', exact: true }).click()
  expect(take).toHaveBeenCalledExactlyOnceWith({ key: 'album-3', label: 'Album 3' }, '')
})

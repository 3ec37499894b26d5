import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import Chips from './Chips.svelte'

const suggestions = (text: string) =>
  [{ key: 'friends', label: 'Friends' }].filter(({ label }) => label.toLowerCase().includes(text))

test('each chip is taken away by its own button, and only what is suggested is added', async () => {
  const [add, drop] = [vi.fn(), vi.fn()]
  const chips = [
    { key: 'family', label: 'Family' },
    { key: 'work', label: 'Work' },
  ]
  const dropLabel = (label: string) => `Take out of ${label}`
  const screen = await render(Chips, { chips, suggestions, label: 'Add to a group', dropLabel, add, drop })
  await screen.getByRole('button', { name: 'Take out of Work' }).click()
  expect(drop).toHaveBeenCalledExactlyOnceWith('work')
  await screen.getByRole('combobox', { name: 'Add to a group' }).fill('nobody')
  await userEvent.keyboard('{Enter}')
  expect(add).not.toHaveBeenCalled()
  await screen.getByRole('combobox', { name: 'Add to a group' }).fill('fri')
  await userEvent.keyboard('{Enter}')
  expect(add).toHaveBeenCalledExactlyOnceWith('friends')
})

import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import IconButton from './IconButton.svelte'

test('its name is heard at once, and seen with its keys once the keyboard is on it', async () => {
  const screen = await render(IconButton, { icon: 'undo', label: 'Undo', keys: 'Ctrl+Z' })
  await expect.element(screen.getByRole('button', { name: 'Undo' })).toBeVisible()
  expect(screen.getByRole('tooltip').query()).toBeNull()
  await userEvent.tab()
  const tooltip = screen.getByRole('tooltip')
  await expect.element(tooltip).toHaveTextContent('UndoCtrl+Z')
  await userEvent.keyboard('{Escape}')
  await expect.element(tooltip).not.toBeInTheDocument()
})

test('the pointer shows the tooltip, and a press takes it away', async () => {
  const onclick = vi.fn()
  const screen = await render(IconButton, {
    icon: 'filter',
    label: 'Filter',
    hint: 'Narrow what is shown',
    onclick,
  })
  const button = screen.getByRole('button', { name: 'Filter' })
  await button.hover()
  await expect.element(screen.getByRole('tooltip')).toHaveTextContent('Narrow what is shown')
  await expect.element(button).toHaveAccessibleDescription('Narrow what is shown')
  await button.click()
  await expect.element(screen.getByRole('tooltip')).not.toBeInTheDocument()
  expect(onclick).toHaveBeenCalledOnce()
})

test('a button that goes while its tooltip is seen takes it along', async () => {
  const screen = await render(IconButton, { icon: 'close', label: 'Close' })
  await userEvent.tab()
  await expect.element(screen.getByRole('tooltip')).toBeVisible()
  await screen.unmount()
  expect(document.querySelector('[role=tooltip]')).toBeNull()
})

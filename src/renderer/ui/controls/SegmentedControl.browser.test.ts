import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import SegmentedControl from './SegmentedControl.svelte'

const options = [
  { value: 'none', label: 'None' },
  { value: 'read', label: 'Look' },
  { value: 'modify', label: 'Change' },
]

test('what is asked for is chosen only once whoever uses it says so', async () => {
  const choose = vi.fn()
  const screen = await render(SegmentedControl, { label: 'Rights', options, value: 'none', choose })
  await screen.getByText('Look').click()
  expect(choose).toHaveBeenCalledExactlyOnceWith('read')
  await expect.element(screen.getByRole('radio', { name: 'None' })).toBeChecked()
  await screen.rerender({ value: 'read' })
  await expect.element(screen.getByRole('radio', { name: 'Look' })).toBeChecked()
})

test('arrows choose', async () => {
  const choose = vi.fn()
  await render(SegmentedControl, { label: 'Rights', options, value: 'read', choose })
  await userEvent.tab()
  await userEvent.keyboard('{ArrowRight}')
  expect(choose).toHaveBeenCalledExactlyOnceWith('modify')
})

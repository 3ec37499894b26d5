import { expect, test, vi } from 'vitest'
import { render } from 'vitest-browser-svelte'
import Toast from './Toast.svelte'
import Toaster from './Toaster.svelte'

test('what was done goes by itself, and its button takes it back', async () => {
  const [dismiss, undo] = [vi.fn(), vi.fn()]
  const toast = { key: 'done', text: 'Moved.', action: { label: 'Undo', run: undo }, dismiss, lastsMs: 1 }
  const screen = await render(Toast, { toast })
  await expect.poll(() => dismiss.mock.calls.length).toBe(1)
  await screen.getByRole('button', { name: 'Undo' }).click()
  expect(undo).toHaveBeenCalledOnce()
})

test('what failed is said at once and stays until it is closed', async () => {
  const dismiss = vi.fn()
  const screen = await render(Toast, { toast: { key: 'fault', text: 'It is away.', role: 'alert', dismiss } })
  await expect.element(screen.getByRole('alert')).toHaveTextContent('It is away.')
  await screen.getByRole('button').click()
  expect(dismiss).toHaveBeenCalledOnce()
})

test('toasts stand one above the other and cover none of each other', async () => {
  const toasts = [
    { key: 'a', text: 'The gallery is away.', warning: true },
    { key: 'b', text: 'Moving', progress: { value: 3, max: 10 }, detail: '3 of 10' },
  ]
  const screen = await render(Toaster, { toasts })
  const [upper, lower] = screen
    .getByRole('status')
    .elements()
    .map((line) => line.getBoundingClientRect())
  expect(upper?.bottom).toBeLessThan(lower?.top ?? 0)
  await expect.element(screen.getByRole('progressbar', { name: 'Moving' })).toHaveAttribute('value', '3')
})

import { createRawSnippet } from 'svelte'
import { expect, test, vi } from 'vitest'
import { render } from 'vitest-browser-svelte'
import Button from './Button.svelte'

const words = (text: string) => createRawSnippet(() => ({ render: () => `<span>${text}</span>` }))

test('a button in a form sends it only where it is told to', async () => {
  const onclick = vi.fn()
  const screen = await render(Button, { children: words('Move'), onclick })
  const button = screen.getByRole('button', { name: 'Move' })
  await expect.element(button).toHaveAttribute('type', 'button')
  await button.click()
  expect(onclick).toHaveBeenCalledOnce()
})

test('a switch says how it stands, and a plain button does not', async () => {
  const screen = await render(Button, { children: words('Missing'), pressed: true })
  const button = screen.getByRole('button', { name: 'Missing' })
  await expect.element(button).toHaveAttribute('aria-pressed', 'true')
  await screen.rerender({ pressed: false })
  await expect.element(button).toHaveAttribute('aria-pressed', 'false')
  await screen.rerender({ pressed: undefined })
  await expect.element(button).not.toHaveAttribute('aria-pressed')
})

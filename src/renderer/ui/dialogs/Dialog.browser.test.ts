import { createRawSnippet } from 'svelte'
import { expect, onTestFinished, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import Dialog from './Dialog.svelte'

const children = createRawSnippet(() => ({ render: () => '<p><input aria-label="Title" data-first></p>' }))

test('the keyboard is where the answer is given, Escape closes once, and the focus goes back', async () => {
  const opener = document.createElement('button')
  document.body.append(opener)
  onTestFinished(() => opener.remove())
  opener.focus()
  const onclose = vi.fn()
  const screen = await render(Dialog, { title: 'New album', onclose, children })
  await expect.element(screen.getByRole('dialog', { name: 'New album' })).toBeVisible()
  await expect.element(screen.getByRole('textbox', { name: 'Title' })).toHaveFocus()
  await userEvent.keyboard('{Escape}')
  expect(onclose).toHaveBeenCalled()
  await screen.unmount()
  await expect.poll(() => document.activeElement).toBe(opener)
})

test('a dialog that is only read begins at what it says, and the keyboard scrolls it', async () => {
  const text = createRawSnippet(() => ({ render: () => '<p>Nothing to answer</p>' }))
  const screen = await render(Dialog, { title: 'Keyboard', onclose: vi.fn(), children: text })
  await expect.poll(() => document.activeElement?.textContent).toBe('Nothing to answer')
  await userEvent.tab()
  await userEvent.tab({ shift: true })
  await expect.element(screen.getByRole('button', { name: 'Close' })).toBeVisible()
})

import { createRawSnippet } from 'svelte'
import { expect, test } from 'vitest'
import { render } from 'vitest-browser-svelte'
import Checkbox from './Checkbox.svelte'

const children = createRawSnippet(() => ({ render: () => '<span>sea</span>' }))

test('a box of which some are ticked is neither on nor off, until it is pressed', async () => {
  const screen = await render(Checkbox, { children, indeterminate: true, note: '2 of 3' })
  const box = screen.getByRole('checkbox', { name: 'sea 2 of 3' })
  await expect.element(box).toBePartiallyChecked()
  await screen.getByText('sea').click()
  await expect.element(box).toBeChecked()
})

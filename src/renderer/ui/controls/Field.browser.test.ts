import { createRawSnippet } from 'svelte'
import { expect, test } from 'vitest'
import { render } from 'vitest-browser-svelte'
import Field, { type FieldControl } from './Field.svelte'

const children = createRawSnippet<[FieldControl]>((field) => ({
  render: () => `<input id="${field().id}" aria-describedby="${field()['aria-describedby'] ?? ''}">`,
}))

test('the control has the name, and its hint is heard with it', async () => {
  const screen = await render(Field, { label: 'Name', hint: 'Lower-case letters', children })
  const input = screen.getByRole('textbox', { name: 'Name' })
  await expect.element(input).toHaveAccessibleDescription('Lower-case letters')
})

test('what is wrong stands in the place of the hint', async () => {
  const screen = await render(Field, {
    label: 'Name',
    hint: 'Letters',
    error: 'Such a name cannot be',
    children,
  })
  const input = screen.getByRole('textbox', { name: 'Name' })
  await expect.element(input).toHaveAccessibleDescription('Such a name cannot be')
  expect(screen.getByText('Letters').query()).toBeNull()
})

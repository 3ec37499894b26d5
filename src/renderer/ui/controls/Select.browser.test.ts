import { expect, test, vi } from 'vitest'
import { render } from 'vitest-browser-svelte'
import Select from './Select.svelte'

test('the choice is given by its value, and what cannot be chosen is disabled', async () => {
  const onchange = vi.fn()
  const screen = await render(Select, {
    'aria-label': 'Sort by',
    options: [
      { value: 'taken', label: 'Time taken' },
      { value: 'name', label: 'Name' },
      { value: 'manual', label: 'By hand', disabled: true },
    ],
    value: 'taken',
    onchange,
  })
  const select = screen.getByRole('combobox', { name: 'Sort by' })
  await expect.element(select).toHaveValue('taken')
  await select.selectOptions('name')
  expect(onchange).toHaveBeenCalledExactlyOnceWith('name')
  expect(select.element().querySelector('option[value=manual]')).toHaveProperty('disabled', true)
})

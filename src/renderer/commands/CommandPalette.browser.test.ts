import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import WithContexts from '../testing/WithContexts.svelte'
import CommandPalette from './CommandPalette.svelte'
import { setCommands, type BoundCommand, type CommandRegistry } from './registry.ts'

const openPalette = async (possible: BoundCommand[]) => {
  const onclose = vi.fn()
  const provide = () => void setCommands({ possible: () => possible } as unknown as CommandRegistry)
  const screen = await render(WithContexts, { props: { of: CommandPalette, props: { onclose }, provide } })
  return { screen, onclose }
}

test('the palette lists what can be done now with its keys, and does what is chosen once it has closed', async () => {
  const steps: string[] = []
  const { screen, onclose } = await openPalette([
    { id: 'pick', name: 'Pick', keys: 'P', run: () => steps.push('pick') },
    { id: 'undo', name: 'Undo: Moved 1 photo', keys: 'Ctrl+Z', run: () => steps.push('undo') },
  ])
  onclose.mockImplementation(() => steps.push('closed'))
  await expect.element(screen.getByRole('option', { name: /Undo: Moved 1 photo.*Ctrl\+Z/ })).toBeVisible()
  await userEvent.type(screen.getByRole('combobox'), 'moved')
  await expect.element(screen.getByRole('option', { name: /Pick/ })).not.toBeInTheDocument()
  await userEvent.keyboard('{Enter}')
  expect(steps).toEqual(['closed', 'undo'])
})

import { expect, onTestFinished, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import Menu from './Menu.svelte'
import { Menus } from './menus.svelte.ts'

const setUp = async () => {
  const menus = new Menus()
  const [move, trash] = [vi.fn(), vi.fn()]
  const opener = document.createElement('button')
  document.body.append(opener)
  onTestFinished(() => opener.remove())
  opener.focus()
  const screen = await render(Menu, { menus })
  opener.addEventListener('keydown', (event) => {
    menus.open(event, 'Photos', [
      { label: 'Move…', keys: 'M', run: move },
      { label: 'Restore', disabled: true, run: vi.fn() },
      null,
      { label: 'Trash', grave: true, run: trash },
    ])
  })
  await userEvent.keyboard('{F10}')
  await expect.element(screen.getByRole('menu', { name: 'Photos' })).toBeVisible()
  return { screen, opener, move, trash }
}

test('arrows go round the items that can be chosen, and Enter chooses', async () => {
  const { screen, opener, trash } = await setUp()
  await expect.element(screen.getByRole('menuitem', { name: 'Move… M' })).toHaveFocus()
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(screen.getByRole('menuitem', { name: 'Trash' })).toHaveFocus()
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(screen.getByRole('menuitem', { name: 'Move… M' })).toHaveFocus()
  await userEvent.keyboard('{ArrowUp}{Enter}')
  expect(trash).toHaveBeenCalledOnce()
  await expect.element(screen.getByRole('menu')).not.toBeInTheDocument()
  expect(document.activeElement).toBe(opener)
})

test('a letter goes to the item that begins with it', async () => {
  const { screen } = await setUp()
  await userEvent.keyboard('t')
  await expect.element(screen.getByRole('menuitem', { name: 'Trash' })).toHaveFocus()
})

test('Escape closes the menu, does nothing, and gives the keyboard back', async () => {
  const { screen, opener, move, trash } = await setUp()
  await userEvent.keyboard('{Escape}')
  await expect.element(screen.getByRole('menu')).not.toBeInTheDocument()
  expect(document.activeElement).toBe(opener)
  expect(move).not.toHaveBeenCalled()
  expect(trash).not.toHaveBeenCalled()
})

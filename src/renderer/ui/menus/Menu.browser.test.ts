import { expect, onTestFinished, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import Menu from './Menu.svelte'
import { Menus, type MenuEntry } from './menus.svelte.ts'

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

/** A menu of these entries, opened by key. */
const openWith = async (entries: MenuEntry[]) => {
  const menus = new Menus()
  const screen = await render(Menu, { menus })
  const opener = document.createElement('button')
  document.body.append(opener)
  onTestFinished(() => opener.remove())
  opener.addEventListener('keydown', (event) => menus.open(event, 'Photos', entries))
  opener.focus()
  await userEvent.keyboard('{F10}')
  await expect.element(screen.getByRole('menu', { name: 'Photos' })).toBeVisible()
  return screen
}

test('the first item that can be chosen has the keyboard, or the menu itself where none can', async () => {
  const off = { label: 'Open', disabled: true, run: vi.fn() }
  const screen = await openWith([off, { label: 'Trash', run: vi.fn() }])
  await expect.element(screen.getByRole('menuitem', { name: 'Trash' })).toHaveFocus()
  await userEvent.keyboard('{Escape}')
  const other = await openWith([off])
  await expect.element(other.getByRole('menu')).toHaveFocus()
  await userEvent.keyboard('{Escape}')
  await expect.element(other.getByRole('menu')).not.toBeInTheDocument()
})

test('choices side by side are one step for up and down, and left and right go between them', async () => {
  const two = vi.fn()
  const star = (n: number, checked = false) => ({
    ...{ label: `${n} stars`, icon: 'star' as const, checked },
    run: n === 2 ? two : vi.fn(),
  })
  const screen = await openWith([
    { label: 'Open', run: vi.fn() },
    { label: 'Rating', choices: [star(1), star(2), star(3, true)] },
    { label: 'Trash', run: vi.fn() },
  ])
  const choice = (n: number) => screen.getByRole('menuitemradio', { name: `${n} stars` })
  await expect.element(choice(3)).toHaveAttribute('aria-checked', 'true')
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(choice(1)).toHaveFocus()
  await userEvent.keyboard('{ArrowLeft}')
  await expect.element(choice(3)).toHaveFocus()
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(screen.getByRole('menuitem', { name: 'Trash' })).toHaveFocus()
  await userEvent.keyboard('{ArrowUp}{ArrowRight}{Enter}')
  expect(two).toHaveBeenCalledOnce()
})

test('a menu that is taller than the window lies within it, and its last item can be reached', async () => {
  const screen = await openWith(Array.from({ length: 80 }, (_, n) => ({ label: `Item ${n}`, run: vi.fn() })))
  const { top, bottom } = screen.getByRole('menu').element().getBoundingClientRect()
  expect(top).toBeGreaterThanOrEqual(0)
  expect(bottom).toBeLessThanOrEqual(window.innerHeight)
  await userEvent.keyboard('{End}')
  await expect.element(screen.getByRole('menuitem', { name: 'Item 79' })).toBeInViewport()
})

const grouped = async () => {
  const [turn, trash] = [vi.fn(), vi.fn()]
  const screen = await openWith([
    { label: 'Open', run: vi.fn() },
    {
      label: 'Picture',
      items: [
        { label: 'Turn left', disabled: true, run: vi.fn() },
        { label: 'Turn right', run: turn },
      ],
    },
    { label: 'Trash', run: trash },
  ])
  return { screen, turn, trash }
}

test('what stands behind an entry takes the place of the menu by keys, and leads back to that entry', async () => {
  const { screen, turn } = await grouped()
  const entry = screen.getByRole('menuitem', { name: 'Picture' })
  await userEvent.keyboard('{ArrowDown}{ArrowRight}')
  await expect.element(screen.getByRole('menu', { name: 'Picture' })).toBeVisible()
  await expect.element(screen.getByRole('menuitem', { name: 'Turn right' })).toHaveFocus()
  await expect.element(screen.getByRole('menuitem', { name: 'Trash' })).not.toBeInTheDocument()
  await userEvent.keyboard('{ArrowLeft}')
  await expect.element(screen.getByRole('menu', { name: 'Photos' })).toBeVisible()
  await expect.element(entry).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await expect.element(screen.getByRole('menuitem', { name: 'Turn right' })).toHaveFocus()
  await userEvent.keyboard('{Escape}')
  await expect.element(entry).toHaveFocus()
  await userEvent.keyboard('{Enter}{Enter}')
  expect(turn).toHaveBeenCalledOnce()
  await expect.element(screen.getByRole('menu')).not.toBeInTheDocument()
})

test('a tap enters what stands behind an entry, and its first line leads back', async () => {
  const { screen, trash } = await grouped()
  await screen.getByRole('menuitem', { name: 'Picture' }).click()
  await expect.element(screen.getByRole('menuitem', { name: 'Turn left' })).toBeDisabled()
  await screen.getByRole('menuitem', { name: 'Picture' }).click()
  await screen.getByRole('menuitem', { name: 'Trash' }).click()
  expect(trash).toHaveBeenCalledOnce()
})

import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import { Notices } from '../toasts/notices.svelte.ts'
import { PhotoDrag } from '../drag/photo-drag.svelte.ts'
import Tree from './Tree.svelte'
import { TreeDrop } from './tree-drop.svelte.ts'
import { TreeState } from './tree-state.svelte.ts'
import { toTree, type Branch, type Titled } from './tree.ts'

class NoDrop extends TreeDrop<Titled> {
  refusal = () => null
  protected take = () => Promise.resolve()
}

const branches = toTree([
  { title: '2024/Corsica', photos: 9 },
  { title: '2024/Lisbon', photos: 8 },
  { title: 'Studio', photos: 10 },
])

const setUp = async () => {
  const choose = vi.fn<(branch: Branch) => void>()
  const onmenu = vi.fn((event: Event, _branch: Branch) => event.preventDefault())
  const tree = new TreeState()
  const dropping = new NoDrop({ photoDrag: new PhotoDrag(), notices: new Notices() }, tree)
  const screen = await render(Tree<Titled>, {
    label: 'Albums',
    branches,
    tree,
    dropping,
    isShown: ({ path }: Branch) => path === 'Studio',
    choose,
    onmenu,
    onkey: () => false,
  })
  return { screen, choose, onmenu }
}

test('Tab comes to what is shown, the arrows go through the tree, and Enter chooses', async () => {
  const { screen, choose } = await setUp()
  await userEvent.tab()
  await expect.element(screen.getByRole('treeitem', { name: /^Studio/ })).toHaveFocus()
  await userEvent.keyboard('{Home}')
  await expect.element(screen.getByRole('treeitem', { name: /^2024/ })).toHaveFocus()
  await userEvent.keyboard('{ArrowRight}{Enter}')
  expect(choose.mock.calls.map(([{ path }]) => path)).toEqual(['2024/Corsica'])
})

test('a branch counts what is in it, and closes by key and by its arrow', async () => {
  const { screen, choose } = await setUp()
  const year = screen.getByRole('treeitem', { name: /^2024/ })
  await expect.element(year).toHaveTextContent('2024 17')
  await expect.element(year).toHaveAttribute('aria-expanded', 'true')
  await userEvent.tab()
  await userEvent.keyboard('{Home}{ArrowLeft}')
  await expect.element(year).toHaveAttribute('aria-expanded', 'false')
  await expect.element(screen.getByRole('treeitem', { name: /^Corsica/ })).not.toBeInTheDocument()
  const arrow = year.element().querySelector('svg')
  arrow?.dispatchEvent(new MouseEvent('click', { bubbles: true }))
  await expect.element(screen.getByRole('treeitem', { name: /^Corsica/ })).toBeVisible()
  expect(choose).not.toHaveBeenCalled()
})

test('the menu of a branch opens by pointer and by keyboard', async () => {
  const { screen, onmenu } = await setUp()
  await screen.getByRole('treeitem', { name: /^Lisbon/ }).click({ button: 'right' })
  await userEvent.keyboard('{End}{Shift>}{F10}{/Shift}')
  expect(onmenu.mock.calls.map(([, { path }]) => path)).toEqual(['2024/Lisbon', 'Studio'])
})

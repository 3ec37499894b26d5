import { expect, test, vi } from 'vitest'
import { render } from 'vitest-browser-svelte'
import { setNavigation, type Navigation } from '../app/navigation.svelte.ts'
import WithContexts from '../testing/WithContexts.svelte'
import { setCollectionsState, type CollectionsState } from './collections-state.svelte.ts'
import SmartEmpty from './SmartEmpty.svelte'

interface Shown {
  hidden?: boolean
  saved?: object | null
  right?: string
}

const setUp = async ({ hidden = false, saved = {}, right = 'modify' }: Shown = {}) => {
  const ways = { widen: vi.fn(), revert: vi.fn(), narrow: vi.fn() }
  const provide = () => {
    setNavigation({ saved, ...ways } as unknown as Navigation)
    setCollectionsState({ shown: { right } } as CollectionsState)
  }
  const screen = await render(WithContexts, { props: { of: SmartEmpty, props: { hidden }, provide } })
  return { screen, ...ways }
}

test('a search through an album that cannot be seen says so, and leads to all albums or to what was saved', async () => {
  const { screen, widen, revert } = await setUp({ hidden: true })
  const title = 'The album that this search looks through cannot be seen'
  await expect.element(screen.getByRole('heading', { name: title })).toBeVisible()
  await screen.getByRole('button', { name: 'Look through all albums' }).click()
  expect([widen, revert].map(({ mock }) => mock.calls.length)).toEqual([1, 0])
  await screen.getByRole('button', { name: 'Revert' }).click()
  expect(revert).toHaveBeenCalledOnce()
})

test('a smart album that finds nothing has nothing to press', async () => {
  const { screen } = await setUp()
  await expect.element(screen.getByRole('heading')).toBeVisible()
  await expect.element(screen.getByRole('button')).not.toBeInTheDocument()
})

test('one that cannot be read is made anew by whoever may change it', async () => {
  const { screen, narrow } = await setUp({ saved: null })
  await screen.getByRole('button').click()
  expect(narrow).toHaveBeenCalledExactlyOnceWith({})
})

test('whoever may only look at one that cannot be read has nothing to press', async () => {
  const { screen } = await setUp({ saved: null, right: 'read' })
  await expect.element(screen.getByRole('heading')).toBeVisible()
  await expect.element(screen.getByRole('button')).not.toBeInTheDocument()
})

import { expect, onTestFinished, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import { ChangeFeed, setChangeFeed } from '../api/change-feed.ts'
import { setClient } from '../api/client-context.ts'
import type { Client } from '../api/client.ts'
import { setNavigation, type Navigation } from '../app/navigation.svelte.ts'
import { setSessionState, type SessionState } from '../auth/session-state.svelte.ts'
import { setStatusesState, type StatusesState } from '../statuses/statuses-state.svelte.ts'
import { setTagsState, type TagsState } from '../tags/tags-state.svelte.ts'
import WithContexts from '../testing/WithContexts.svelte'
import { Dialogs, setDialogs } from '../ui/dialogs/dialogs.svelte.ts'
import { Menus, setMenus } from '../ui/menus/menus.svelte.ts'
import { Notices, setNotices } from '../ui/toasts/notices.svelte.ts'
import FilterBar from './FilterBar.svelte'

const setUp = async (width: number) => {
  await page.viewport(width, 844)
  onTestFinished(() => page.viewport(1280, 800))
  const refine = vi.fn()
  const provide = () => {
    setClient({} as Client)
    setNavigation({ filter: {}, album: null, refine } as unknown as Navigation)
    setTagsState({ tags: [{ tag: 'Sea', photos: 4 }] } as unknown as TagsState)
    setDialogs(new Dialogs())
    setStatusesState({ all: [] } as unknown as StatusesState)
    setNotices(new Notices())
    setSessionState({ isStranger: false } as SessionState)
    setChangeFeed(new ChangeFeed())
    setMenus(new Menus())
  }
  const screen = await render(WithContexts, { props: { of: FilterBar, props: {}, provide } })
  return { screen, refine, bar: screen.getByRole('search', { name: 'Filter' }) }
}

test('on a phone all conditions stand in one row that a finger moves along', async () => {
  const { screen, bar } = await setUp(390)
  const element = bar.element() as HTMLElement
  expect(element.offsetHeight).toBeLessThanOrEqual(52)
  expect(element.scrollWidth).toBeGreaterThan(element.clientWidth)
  const last = screen.getByRole('button', { name: 'Missing' })
  last.element().scrollIntoView({ inline: 'end' })
  await expect.element(last).toBeInViewport({ ratio: 1 })
})

test('what a field in that row suggests is seen whole below it, and taken', async () => {
  const { screen, refine, bar } = await setUp(390)
  const field = screen.getByRole('combobox', { name: 'Tags' })
  await field.fill('se')
  const option = screen.getByRole('option', { name: 'Sea 4' })
  await expect.element(option).toBeVisible()
  const { top, right } = option.element().getBoundingClientRect()
  expect(top).toBeGreaterThan(bar.element().getBoundingClientRect().bottom - 12)
  expect(right).toBeLessThanOrEqual(390)
  expect(document.elementFromPoint(right - 8, top + 8)?.closest('[role=option]')).toBe(option.element())
  await option.click()
  expect(refine).toHaveBeenCalledExactlyOnceWith({ all: ['Sea'] })
})

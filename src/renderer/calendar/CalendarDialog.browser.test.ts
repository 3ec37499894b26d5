import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import type { DayCount } from '../../shared/schemas/photo.ts'
import type { Client } from '../api/client.ts'
import { setClient } from '../api/client-context.ts'
import { setNavigation, type Navigation } from '../app/navigation.svelte.ts'
import WithContexts from '../testing/WithContexts.svelte'
import { Notices, setNotices } from '../ui/toasts/notices.svelte.ts'
import CalendarDialog from './CalendarDialog.svelte'

const setUp = async (found: DayCount[], filter: Record<string, unknown> = {}) => {
  const days = vi.fn(() => Promise.resolve(found))
  const [refine, onclose] = [vi.fn(), vi.fn()]
  const query = { album: null, sort: 'name', descending: false, filter }
  const provide = () => {
    setClient({ photos: { days } } as unknown as Client)
    setNavigation({ query, filter, refine } as unknown as Navigation)
    setNotices(new Notices())
  }
  const screen = await render(WithContexts, { props: { of: CalendarDialog, props: { onclose }, provide } })
  return { screen, days, refine, onclose }
}

const found = [
  { day: '2018-01-09', photos: 1 },
  { day: '2019-06-01', photos: 2 },
  { day: '2019-06-30', photos: 120 },
]

test('the last year is shown, and a day of it leads to its photos', async () => {
  const { screen, refine, onclose } = await setUp(found)
  await expect
    .element(screen.getByRole('button', { name: '2019 122' }))
    .toHaveAttribute('aria-pressed', 'true')
  await expect.element(screen.getByRole('button', { name: 'May 2019' })).toBeDisabled()
  await screen.getByRole('button', { name: /June 30, 2019.*, 120 photos/ }).click()
  expect(refine).toHaveBeenCalledExactlyOnceWith({ from: '2019-06-30', to: '2019-06-30', undated: undefined })
  expect(onclose).toHaveBeenCalledOnce()
})

test('a month leads to all of its days, and other years are a click away', async () => {
  const { screen, refine } = await setUp(found)
  await screen.getByRole('button', { name: '2018 1' }).click()
  await expect.element(screen.getByRole('button', { name: 'June 2018' })).toBeDisabled()
  await screen.getByRole('button', { name: /^January 2018 1 photo$/ }).click()
  expect(refine).toHaveBeenCalledExactlyOnceWith({ from: '2018-01-01', to: '2018-01-31', undated: undefined })
})

test('photos of which the month alone is known, or the year, are counted with these and shown by them', async () => {
  const { screen, refine } = await setUp([
    { day: '2011', photos: 3 },
    { day: '2011-06', photos: 2 },
    { day: '2011-06-09', photos: 1 },
  ])
  await expect.element(screen.getByRole('button', { name: '2011 6' })).toBeVisible()
  await expect.element(screen.getByRole('button', { name: /^June 2011 ?3 photos/ })).toBeVisible()
  await expect.element(screen.getByText('Month not known: 3 photos')).toBeVisible()
  await screen.getByRole('button', { name: 'All of 2011' }).click()
  expect(refine).toHaveBeenCalledExactlyOnceWith({ from: '2011-01-01', to: '2011-12-31', undated: undefined })
})

test('days are counted whichever of them are shown now, and the year of these is seen first', async () => {
  const { screen, days } = await setUp(found, { from: '2018-01-09', to: '2018-01-09', rating: 3 })
  await expect.element(screen.getByRole('button', { name: '2018 1' })).toHaveAttribute('aria-pressed', 'true')
  expect(days).toHaveBeenCalledExactlyOnceWith({
    view: expect.objectContaining({
      filter: { rating: 3, from: undefined, to: undefined, undated: undefined },
    }),
  })
})

test('where no photo has a day, that is said', async () => {
  const { screen } = await setUp([])
  await expect.element(screen.getByText(/on which day it was taken/)).toBeVisible()
})

test('one day is reached by Tab, the others by arrows, and other years by Page up and Page down', async () => {
  const { screen, refine } = await setUp(found)
  const day = (name: RegExp) => screen.getByRole('button', { name })
  const first = day(/June 1, 2019.*, 2 photos/)
  await expect.element(first).toHaveAttribute('tabindex', '0')
  await expect.element(day(/June 30, 2019/)).toHaveAttribute('tabindex', '-1')
  ;(first.element() as HTMLElement).focus()
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(day(/June 30, 2019/)).toHaveFocus()
  await userEvent.keyboard('{PageUp}')
  await expect.element(day(/January 9, 2018/)).toHaveFocus()
  await userEvent.keyboard('{PageDown}')
  await expect.element(first).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  expect(refine).toHaveBeenCalledExactlyOnceWith({ from: '2019-06-01', to: '2019-06-01', undated: undefined })
})

import { expect, onTestFinished, test, vi } from 'vitest'
import { render } from 'vitest-browser-svelte'
import type { Client } from '../api/client.ts'
import { setNavigation, type Navigation } from '../app/navigation.svelte.ts'
import { preferences } from '../app/preferences.svelte.ts'
import { scrollerOf, scrolling } from '../testing/scrolled-grid.ts'
import WithContexts from '../testing/WithContexts.svelte'
import { GridScroller } from './grid-scroller.svelte.ts'
import { PhotoView } from './photo-view.svelte.ts'
import SectionHeadings from './SectionHeadings.svelte'
import TimeScrubber from './TimeScrubber.svelte'

/** Two years of forty photos a month, the last one first, seen through 800 pixels. */
const months = ['2021', '2020'].flatMap((year) =>
  Array.from({ length: 12 }, (_, n) => `${year}-${String(12 - n).padStart(2, '0')}`),
)

const setUp = (sections = months.map((date) => ({ date, photos: 40 })), undated = 3) =>
  scrollerOf({ total: sections.reduce((sum, { photos }) => sum + photos, 0), sections, undated })

const scrubber = async (...sections: Parameters<typeof setUp>) => {
  const { view, gridScroller } = await setUp(...sections)
  const scroller = scrolling(gridScroller)
  const refine = vi.fn()
  const provide = () => setNavigation({ filter: {}, refine } as unknown as Navigation)
  const screen = await render(WithContexts, {
    props: { of: TimeScrubber, props: { view, gridScroller }, provide },
  })
  screen.container.style.cssText = 'position: relative; height: 800px; container: stage / inline-size'
  const slider = screen.getByRole('slider', { name: 'Timeline' })
  return { screen, slider, scroller, gridScroller, refine }
}

test('the timeline tells the month in sight and how many photos it has, and keys lead by months and years', async () => {
  const { slider, scroller, gridScroller } = await scrubber()
  await expect.element(slider).toHaveAttribute('aria-valuetext', 'December 2021, 40 photos')
  ;(slider.element() as HTMLElement).focus()
  const press = (key: string) =>
    slider.element().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  press('ArrowDown')
  await expect.element(slider).toHaveAttribute('aria-valuetext', 'November 2021, 40 photos')
  expect(scroller.scrollTop).toBe(gridScroller.layout.sections[1]?.top)
  press('PageDown')
  await expect.element(slider).toHaveAttribute('aria-valuetext', 'December 2020, 40 photos')
  press('PageUp')
  await expect.element(slider).toHaveAttribute('aria-valuetext', 'December 2021, 40 photos')
  press('End')
  await expect.element(slider).toHaveAttribute('aria-valuetext', 'January 2020, 40 photos')
})

test('years stand on it in their order, and a pointer that is held leads to where it is', async () => {
  const { screen, slider, scroller } = await scrubber()
  await expect.element(screen.getByText('2021')).toBeVisible()
  await expect.element(screen.getByText('2020')).toBeVisible()
  const box = slider.element().getBoundingClientRect()
  const at = { clientX: box.x + 20, clientY: box.y + box.height / 2, pointerId: 1, bubbles: true }
  slider.element().setPointerCapture = () => undefined
  slider.element().dispatchEvent(new PointerEvent('pointerdown', { ...at, button: 0 }))
  const middle = (scroller.scrollHeight - scroller.clientHeight) / 2
  await expect.poll(() => Math.abs(scroller.scrollTop - middle)).toBeLessThan(2)
  slider.element().dispatchEvent(new PointerEvent('pointermove', { ...at, clientY: box.bottom }))
  await expect
    .poll(() => scroller.scrollTop)
    .toBeGreaterThan(scroller.scrollHeight - scroller.clientHeight - 2)
  slider.element().dispatchEvent(new PointerEvent('pointerup', { ...at, pointerType: 'mouse' }))
  slider.element().dispatchEvent(new PointerEvent('pointermove', { ...at, clientY: box.top }))
  expect(scroller.scrollTop).toBeGreaterThan(middle)
})

test('photos without a date are counted at the end of the timeline, and shown alone', async () => {
  const { screen, refine } = await scrubber()
  await screen.getByRole('button', { name: 'No date: 3 photos' }).click()
  expect(refine).toHaveBeenCalledExactlyOnceWith({ undated: true })
})

test('a heading stands above each section that is near, with its number of photos', async () => {
  const { gridScroller } = await setUp([
    { date: '2021-06', photos: 7 },
    { date: '2019-12', photos: 1200 },
    { date: '2018-01', photos: 1 },
  ])
  const screen = await render(SectionHeadings, { gridScroller })
  const said = () =>
    screen
      .getByRole('rowheader')
      .elements()
      .map(({ textContent }) => textContent.trim())
  expect(said().map((text) => text.replace(/\s+/g, ' '))).toEqual(['June 2021 7', 'December 2019 1,200'])
  const [first, second] = screen.getByRole('row').elements() as HTMLElement[]
  expect([first?.offsetTop, second?.offsetTop]).toEqual(
    gridScroller.layout.sections.slice(0, 2).map(({ top }) => top),
  )
  const scroller = scrolling(gridScroller)
  scroller.scrollTop = scroller.scrollHeight
  await expect.poll(() => said().at(-1)?.replace(/\s+/g, ' ')).toBe('January 2018 1')
  expect(said().some((text) => text.startsWith('June'))).toBe(false)
})

test('months with few photos stand below one heading, which the timeline names too; years alone have their own', async () => {
  const sparse = [
    { date: '2021-06', photos: 200 },
    { date: '2019-12', photos: 1 },
    { date: '2019-09', photos: 2 },
    { date: '2011-01', photos: 40 },
    { date: '2011', photos: 20 },
  ]
  const { slider, gridScroller } = await scrubber(sparse)
  const screen = await render(SectionHeadings, { gridScroller })
  const scroller = gridScroller.layout.sections
  expect(scroller).toHaveLength(4)
  const headings = () =>
    screen
      .getByRole('rowheader')
      .elements()
      .map(({ textContent }) => textContent.trim())
  ;(slider.element() as HTMLElement).focus()
  const press = (key: string) =>
    slider.element().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  press('ArrowDown')
  await expect.element(slider).toHaveAttribute('aria-valuetext', 'September – December 2019, 3 photos')
  await expect.poll(() => headings().some((text) => /^September – December 2019\s*3$/.test(text))).toBe(true)
  press('End')
  await expect.element(slider).toHaveAttribute('aria-valuetext', '2011, month not known, 20 photos')
  await expect.poll(() => headings().at(-1)).toMatch(/^2011, month not known\s*20$/)
})

test('without headings there is no room for any, and a view that is still asked for has one without words', async () => {
  const { gridScroller } = await setUp([{ date: '2021-06', photos: 7 }])
  onTestFinished(() => preferences.change({ headings: 'month' }))
  preferences.change({ headings: null })
  expect(gridScroller.layout.look.heading).toBe(0)
  preferences.change({ headings: 'day' })
  const unknown = new PhotoView({} as Client, { album: null, sort: 'taken', descending: true })
  expect(new GridScroller(unknown).sections).toEqual([{ date: null, photos: 0 }])
})

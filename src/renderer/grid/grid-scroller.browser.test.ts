import { expect, onTestFinished, test } from 'vitest'
import { render } from 'vitest-browser-svelte'
import { preferences } from '../app/preferences.svelte.ts'
import { scrollerOf, scrolling } from '../testing/scrolled-grid.ts'
import SectionHeadings from './SectionHeadings.svelte'

const total = 1_000_000

/** A million photos one below the other, of which half have a date: some 900 million pixels, where browsers place 33 at most. */
const tall = async () => {
  onTestFinished(() => preferences.change({ wall: 'cells' }))
  preferences.change({ wall: 'single' })
  const sections = [{ date: '2021-06', photos: total / 2 }]
  const { gridScroller } = await scrollerOf({ total, sections, undated: total / 2 })
  return { gridScroller, scroller: scrolling(gridScroller) }
}

test('the last of a million photos is reached by the end of the scroll bar, and each in between by its share of it', async () => {
  const { gridScroller, scroller } = await tall()
  expect(gridScroller.layout.height).toBeGreaterThan(100_000_000)
  expect(scroller.scrollHeight).toBeLessThan(17_000_000)
  scroller.scrollTop = scroller.scrollHeight
  await expect.poll(() => gridScroller.last).toBe(gridScroller.layout.rows - 1)
  expect(gridScroller.top).toBe(gridScroller.layout.height - 800)
  scroller.scrollTop = scroller.scrollHeight / 2
  await expect.poll(() => Math.abs(gridScroller.firstSeen - total / 2)).toBeLessThan(total / 100)
  scroller.scrollTop = 0
  await expect.poll(() => gridScroller.first).toBe(0)
})

test('whatever was brought in sight lies in the element, and the wheel goes on from there pixel by pixel', async () => {
  const { gridScroller, scroller } = await tall()
  for (const index of [total / 3, total - 1, 7, total / 2]) {
    gridScroller.reveal(index)
    const { top, bottom } = gridScroller.layout.cell(index)
    expect(top - gridScroller.origin).toBeGreaterThanOrEqual(scroller.scrollTop - 1)
    expect(bottom - gridScroller.origin).toBeLessThanOrEqual(scroller.scrollTop + 801)
  }
  const before = gridScroller.top
  scroller.scrollTop += 120
  await expect.poll(() => gridScroller.top).toBe(before + 120)
})

test('where the element would end before the photos do, it is moved on below them', async () => {
  const { gridScroller, scroller } = await tall()
  gridScroller.reveal(total / 2)
  const { top } = gridScroller
  // As if the wheel had turned for ten million pixels.
  for (let n = 0; n < 10_000; n++) {
    scroller.scrollTop += 1000
    gridScroller.scrolled()
  }
  expect(Math.abs(gridScroller.top - top - 10_000_000)).toBeLessThan(10_000)
  expect(scroller.scrollTop).toBeLessThan(scroller.scrollHeight - 1000)
})

test('the heading of a section that is taller than browsers can place is in sight within it', async () => {
  const { gridScroller, scroller } = await tall()
  const screen = await render(SectionHeadings, { gridScroller }, { baseElement: scroller })
  gridScroller.reveal(total / 4)
  await expect
    .poll(() => {
      const box = screen.getByRole('rowheader').element().parentElement?.getBoundingClientRect()
      return box !== undefined && box.top <= 0 && box.bottom >= 800
    })
    .toBe(true)
})

test('photos that become few again lie in their element as they are', async () => {
  const { gridScroller, scroller } = await tall()
  gridScroller.reveal(total / 2)
  expect(gridScroller.origin).toBeGreaterThan(0)
  preferences.change({ wall: 'cells', thumbSize: 96 })
  ;(scroller.firstElementChild as HTMLElement).style.height = `${gridScroller.elementHeight}px`
  gridScroller.keep()
  expect(gridScroller.elementHeight).toBe(gridScroller.layout.height)
  expect(gridScroller.origin).toBe(0)
  expect(gridScroller.holds(total / 2)).toBe(true)
})

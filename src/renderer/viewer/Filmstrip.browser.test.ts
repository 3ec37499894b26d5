import { expect, test, vi } from 'vitest'
import { render } from 'vitest-browser-svelte'
import type { PhotoSummary } from '../../shared/schemas/photo.ts'
import type { PhotoPages } from '../grid/photo-pages.svelte.ts'
import Filmstrip from './Filmstrip.svelte'
import { stretchAround } from './filmstrip.ts'

/** A strip of a row of 340 photos, at one of them. */
const show = async (index: number) => {
  const want = vi.fn()
  const at = (n: number) =>
    ({ id: `p${n}`, album: 'a', title: `photo ${n}`, thumb: null, rating: n === 101 ? 3 : 0 }) as PhotoSummary
  const pages = { total: 340, at, want, leave: vi.fn() } as unknown as PhotoPages
  const go = vi.fn()
  const screen = await render(Filmstrip, { pages, index, go })
  return { screen, want, go }
}

test('the open photo stands in the middle of the strip, and its neighbours have their marks', async () => {
  const { screen, go } = await show(100)
  const here = screen.getByRole('button', { name: 'photo 100', exact: true })
  await expect.element(here).toHaveAttribute('aria-current', 'true')
  const middle = () => {
    const box = here.element().getBoundingClientRect()
    const strip = screen.getByRole('navigation').element().getBoundingClientRect()
    return Math.abs(box.left + box.width / 2 - strip.left - strip.width / 2)
  }
  await expect.poll(middle).toBeLessThan(2)
  const next = screen.getByRole('button', { name: 'photo 101', exact: true })
  await expect.element(next).toHaveTextContent('★★★')
  ;(next.element() as HTMLElement).click()
  expect(go).toHaveBeenCalledExactlyOnceWith(101)
})

test('the first photo has no neighbours before it, and what is seen is asked for', async () => {
  const { screen, want } = await show(0)
  await expect.element(screen.getByRole('button').first()).toHaveAttribute('aria-current', 'true')
  expect(want).toHaveBeenLastCalledWith('filmstrip', 0, expect.any(Number))
})

test('a strip has no more pictures than there is room for, and never more than thirty', () => {
  expect(stretchAround(100, 340, 10)).toEqual({ first: 95, count: 11 })
  expect(stretchAround(338, 340, 10)).toEqual({ first: 333, count: 7 })
  expect(stretchAround(100, 340, 500).count).toBeLessThanOrEqual(30)
  expect(stretchAround(-1, 0, 10).count).toBe(0)
})

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { preferences } from '../app/preferences.svelte.ts'
import { Slideshow } from './slideshow.svelte.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  preferences.change({ slideSeconds: 3, slidesShuffled: false, slidesFade: true })
})
afterEach(() => void vi.useRealTimers())

/** A show of so many photos that stands at one of them. */
const setUp = (total: number, first = 0) => {
  const seen = [first]
  const film = { runs: false }
  const at = () => seen.at(-1) ?? 0
  const show = new Slideshow({
    at,
    total: () => total,
    go: (index) => void seen.push(index),
    busy: () => film.runs,
  })
  show.start()
  return { show, seen, film }
}

test('each photo stays for as long as was chosen, and the show ends at the last', () => {
  const { show, seen } = setUp(3)
  vi.advanceTimersByTime(2999)
  expect(seen).toEqual([0])
  vi.advanceTimersByTime(1)
  expect(seen).toEqual([0, 1])
  preferences.change({ slideSeconds: 8 })
  vi.advanceTimersByTime(3000 + 7999)
  expect(seen).toEqual([0, 1, 2])
  vi.advanceTimersByTime(1)
  expect(show.runs).toBe(false)
  expect(seen).toEqual([0, 1, 2])
})

test('shuffled, all are seen once, and the next one is known before it comes', () => {
  preferences.change({ slidesShuffled: true })
  const { show, seen } = setUp(6, 2)
  while (show.runs) {
    const { next } = show
    vi.advanceTimersByTime(3000)
    if (next !== null) expect(seen.at(-1)).toBe(next)
  }
  expect(seen[0]).toBe(2)
  expect(seen.toSorted()).toEqual([0, 1, 2, 3, 4, 5])
})

test('a film is seen to its end', () => {
  const { seen, film } = setUp(2)
  film.runs = true
  vi.advanceTimersByTime(60_000)
  expect(seen).toEqual([0])
  film.runs = false
  vi.advanceTimersByTime(3000)
  expect(seen).toEqual([0, 1])
})

test('who stops it stays where it is', () => {
  const { show, seen } = setUp(3)
  show.stop()
  vi.advanceTimersByTime(60_000)
  expect(seen).toEqual([0])
  expect(show.next).toBeNull()
})

test('how it goes is kept by the browser', () => {
  preferences.change({ slideSeconds: 15, slidesShuffled: true, slidesFade: false })
  expect(JSON.parse(localStorage.getItem('cimaise:shown') ?? '{}')).toMatchObject({
    slideSeconds: 15,
    slidesShuffled: true,
    slidesFade: false,
  })
})

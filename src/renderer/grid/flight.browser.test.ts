import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Flight } from './flight.svelte.ts'

const screen = 900

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Moved by so many screens in each of some frames of 16 ms. */
const moved = (flight: Flight, screens: number, frames: number) => {
  for (let n = 0; n < frames; n++) flight.move(n * screens * screen, screen, 1000 + n * 16)
}

test('what passes by screens in each frame flies, and lands when it rests', () => {
  const flight = new Flight()
  moved(flight, 2, 3)
  expect(flight.flying).toBe(true)
  vi.runAllTimers()
  expect(flight.flying).toBe(false)
})

test.each([
  ['a jump to the end is no flight', 500, 1],
  ['a screen that is seen for a tenth of a second does not fly', 0.16, 20],
])('%s', (_, screens, frames) => {
  const flight = new Flight()
  flight.move(0, screen, 0)
  moved(flight, screens, frames)
  expect(flight.flying).toBe(false)
})

test('a flight that slows down has landed', () => {
  const flight = new Flight()
  moved(flight, 2, 3)
  flight.move(4.05 * screen, screen, 1048)
  expect(flight.flying).toBe(false)
})

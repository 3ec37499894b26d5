import { expect, test } from 'vitest'
import { Untouched } from './untouched.svelte.ts'

const lift = () => window.dispatchEvent(new KeyboardEvent('keyup', { key: 'o' }))

/** With a clock of its own, which goes on when that is said. */
const start = () => {
  let now = 1000
  return { untouched: new Untouched(() => now), later: (ms: number) => (now += ms) }
}

test('a key that is held shows the picture as its file has it until it is let go of', () => {
  const { untouched, later } = start()
  untouched.press()
  expect(untouched.on).toBe(true)
  later(900)
  lift()
  expect(untouched.on).toBe(false)
})

test('a tap of the key shows it until the next tap', () => {
  const { untouched, later } = start()
  untouched.press()
  later(80)
  lift()
  expect(untouched.on).toBe(true)
  untouched.press()
  later(80)
  lift()
  expect(untouched.on).toBe(false)
})

test('a window that loses the keys shows it no longer than they were held', () => {
  const { untouched, later } = start()
  untouched.press()
  later(900)
  window.dispatchEvent(new Event('blur'))
  expect(untouched.on).toBe(false)
  lift()
  expect(untouched.on).toBe(false)
})

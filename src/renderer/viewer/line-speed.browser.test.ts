import { expect, test } from 'vitest'
import { LineSpeed } from './line-speed.ts'

test('the best of what came lately tells how fast the line is, and what is small says nothing', () => {
  const line = new LineSpeed()
  expect(line.expect(1_000_000)).toBe(0)
  line.note(500, 500)
  expect(line.expect(1_000_000)).toBe(0)
  line.note(100_000, 100)
  line.note(100_000, 400)
  expect(line.expect(500_000)).toBe(500)
  for (let n = 0; n < 8; n++) line.note(100_000, 200)
  expect(line.expect(500_000)).toBe(1000)
})

test('the page learns from what it has loaded', async () => {
  const line = new LineSpeed().watch()
  let n = 0
  const load = async () => {
    // What the test runner's own page has loaded is some 100 kB.
    await fetch(`/@vite/client?${++n}`, { cache: 'no-store' }).then((response) => response.text())
    return line.expect(1e9)
  }
  await expect.poll(load).toBeGreaterThan(0)
})

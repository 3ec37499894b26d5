import { expect, test } from 'vitest'
import type { LibraryStatus } from '../../shared/schemas/library.ts'
import { progressHeard, progressSeen } from './import-progress.ts'

const status = (more: Partial<LibraryStatus>): LibraryStatus =>
  ({
    state: 'working',
    scanning: false,
    found: 8310,
    done: 1204,
    added: 0,
    changed: 0,
    rate: 0,
    secondsLeft: null,
    ...more,
  }) as LibraryStatus

test.each<[Partial<LibraryStatus>, RegExp]>([
  [{}, /1,204.*8,310$/],
  [{ rate: 38.4 }, /· 38\/s$/],
  [{ secondsLeft: 12.2 }, /· 13 s/],
  [{ secondsLeft: 200 }, /· 4 min/],
  [{ secondsLeft: 7200 }, /· 2 h/],
  [{ state: 'paused', secondsLeft: 12, rate: 9 }, /^[^·]*$/],
  [{ state: 'idle', secondsLeft: 12, rate: 9 }, /^[^·]*$/],
])('progress is shown with what is known: %j', (more, words) => {
  expect(progressSeen(status(more))).toMatch(words)
})

test('a screen reader hears of each quarter, and of nothing in between', () => {
  const heard = Array.from({ length: 101 }, (_, done) => progressHeard(status({ found: 100, done })))
  expect(new Set(heard).size).toBe(5)
  expect(heard[0]).toBe(heard[24])
  expect(heard[24]).not.toBe(heard[25])
  expect(progressHeard(null)).toBe('')
  expect(progressHeard(status({ found: 0 }))).toBe('')
  expect(progressHeard(status({ state: 'idle', added: 0, changed: 0 }))).toBe('')
})

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { RefreshScheduler, type Stale } from './refresh-scheduler.ts'

const stale = (what: Partial<Stale>): Stale => ({
  ...{ session: false, albums: false, collections: false, tags: false, view: 'arrivals' },
  ...what,
})

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('changes in quick succession are read once, all of them together', async () => {
  const read = vi.fn(() => Promise.resolve())
  const scheduler = new RefreshScheduler(read)
  scheduler.plan(stale({ albums: true }), 120)
  scheduler.plan(stale({ tags: true }), 120)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(read.mock.calls).toEqual([[stale({ albums: true, tags: true })]])
})

test('what is heard while a refresh runs is read after it, one refresh at a time', async () => {
  let end = () => {}
  const read = vi.fn(() => new Promise<void>((resolve) => (end = resolve)))
  const scheduler = new RefreshScheduler(read)
  scheduler.plan(stale({ albums: true }), 0)
  await vi.advanceTimersByTimeAsync(0)
  scheduler.plan(stale({ session: true }), 0)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(read).toHaveBeenCalledTimes(1)
  end()
  await vi.advanceTimersByTimeAsync(1000)
  expect(read.mock.calls[1]).toEqual([stale({ session: true })])
})

test('what could not be read is asked for again', async () => {
  const read = vi.fn<() => Promise<void>>().mockRejectedValueOnce(new Error('away')).mockResolvedValue()
  const scheduler = new RefreshScheduler(read)
  scheduler.plan(stale({ albums: true }), 0)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(read.mock.calls).toEqual([[stale({ albums: true })], [stale({ albums: true })]])
})

test('photos that came by themselves are no reason to let anything else wait', async () => {
  const read = vi.fn(() => Promise.resolve())
  const scheduler = new RefreshScheduler(read)
  scheduler.plan(stale({ albums: true }), 120)
  scheduler.plan(stale({ view: 'now' }), 120)
  scheduler.plan(stale({ tags: true }), 120)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(read.mock.calls).toEqual([[stale({ albums: true, tags: true, view: 'now' })]])
})

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Client } from '../api/client.ts'
import type { Navigation } from '../app/navigation.svelte.ts'
import { CollectionsState } from './collections-state.svelte.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A gallery that has counted what a smart album finds after so many questions. */
const setUp = (countedAt: number) => {
  const list = vi.fn(() => {
    const photos = list.mock.calls.length >= countedAt ? 7 : null
    return Promise.resolve([{ id: 'owner~-Smart123', title: 'Sea', photos, smart: true }])
  })
  const client = { collections: { list } } as unknown as Client
  const navigation = { collection: null } as unknown as Navigation
  return { list, collectionsState: new CollectionsState({ client, navigation }) }
}

test('what is not counted yet is asked for again, each time later, until it is', async () => {
  const { list, collectionsState } = setUp(4)
  await collectionsState.read()
  expect([collectionsState.searches, collectionsState.collections[0]?.photos]).toEqual([true, null])
  await vi.advanceTimersByTimeAsync(2000)
  expect(list).toHaveBeenCalledTimes(2)
  await vi.advanceTimersByTimeAsync(2000)
  expect(list).toHaveBeenCalledTimes(2)
  await vi.advanceTimersByTimeAsync(2000)
  expect(list).toHaveBeenCalledTimes(3)
  await vi.advanceTimersByTimeAsync(8000)
  expect(collectionsState.collections[0]?.photos).toBe(7)
  await vi.advanceTimersByTimeAsync(600_000)
  expect(list).toHaveBeenCalledTimes(4)
})

test('what is counted is asked for once', async () => {
  const { list, collectionsState } = setUp(1)
  await collectionsState.read()
  await vi.advanceTimersByTimeAsync(600_000)
  expect(list).toHaveBeenCalledTimes(1)
})

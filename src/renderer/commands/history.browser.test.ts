import { beforeEach, expect, test, vi } from 'vitest'
import type { Change } from '../../shared/schemas/change.ts'
import type { Client } from '../api/client.ts'
import { History } from './history.svelte.ts'

const album = 'owner~Abcd1234'
const rated = (to: string | null): Change => ({
  ...{ kind: 'edit', album, field: 'rating' },
  values: [{ photo: 'photo00001', to }],
})

/** A window of somebody, as after a reload. */
const load = (who: string) => {
  const apply = vi.fn(({ changes: _ }: { changes: Change[] }) =>
    Promise.resolve({ changed: 1, skipped: 0, undo: [rated(null)], album: null }),
  )
  const history = new History({ changes: { apply } } as unknown as Client, vi.fn())
  history.belongTo(who)
  return { history, apply }
}

beforeEach(() => sessionStorage.clear())

test('what was done before a reload is undone after it, and done again after another', async () => {
  await load('gallery ana').history.perform('Rated 1 photo', [rated('5')])
  const { history, apply } = load('gallery ana')
  expect(history.undoName).toBe('Rated 1 photo')
  await history.undo()
  expect(apply).toHaveBeenCalledWith(expect.objectContaining({ changes: [rated(null)], mode: 'strict' }))
  const again = load('gallery ana').history
  expect([again.undoName, again.redoName]).toEqual([null, 'Rated 1 photo'])
})

test('whoever comes after somebody else finds nothing of theirs, nor do they when they come back', async () => {
  await load('gallery ana').history.perform('Rated 1 photo', [rated('5')])
  expect(load('gallery bob').history.undoName).toBeNull()
  expect(load('gallery ana').history.undoName).toBeNull()
})

test('what is forgotten in a window stays forgotten after a reload', async () => {
  const { history } = load('gallery ana')
  await history.perform('Rated 1 photo', [rated('5')])
  history.forget()
  expect(load('gallery ana').history.undoName).toBeNull()
})

test('of much that was done the latest is kept', async () => {
  const { history, apply } = load('gallery ana')
  const long = { ...rated(null), values: [{ photo: 'photo00001', to: 'x'.repeat(400_000) }] } as Change
  apply.mockResolvedValue({ changed: 1, skipped: 0, undo: [long], album: null })
  for (const name of ['first', 'second', 'third']) await history.perform(name, [rated('5')])
  const after = load('gallery ana').history
  await after.undo()
  expect(after.undoName).toBe('second')
  await after.undo()
  expect(after.undoName).toBeNull()
})

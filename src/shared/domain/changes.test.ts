import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Change } from '../schemas/change.ts'
import { inCalls, sizeOf } from './changes.ts'

const ids = fc.array(fc.stringMatching(/^[0-9A-Za-z]{10}$/), { minLength: 1, maxLength: 40 })
const change = fc.oneof(
  ids.map((photos): Change => ({ kind: 'trash', album: 'o~a', photos })),
  ids.map((photos): Change => ({ kind: 'move', from: 'o~a', to: 'o~b', photos })),
  ids.map((photos): Change => ({
    kind: 'edit',
    album: 'o~a',
    field: 'rating',
    values: photos.map((photo) => ({ photo, to: '3' })),
  })),
  ids.map((photos): Change => ({
    kind: 'collect',
    collection: 'o~-a',
    values: photos.map((photo) => ({ photo, at: null })),
  })),
  fc.constant<Change>({ kind: 'delete-album', album: 'o~a' }),
)

/** One line for each photo, or album, that changes are about: what is done to it. */
const lines = (changes: Change[]) =>
  changes.flatMap((one) => {
    if ('photos' in one) return one.photos.map((photo) => `${one.kind} ${photo}`)
    if (one.kind === 'collect') return one.values.map(({ photo, at }) => `collect ${photo} ${at ?? ''}`)
    return 'values' in one ? one.values.map(({ photo, to }) => `edit ${photo} ${to ?? ''}`) : [one.kind]
  })

test('changes of any size are cut into calls that are small enough, with nothing lost, twice or out of order', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), fc.integer({ min: 1, max: 20 }), (changes, most) => {
      const calls = inCalls(changes, most)
      for (const call of calls)
        expect(call.reduce((sum, one) => sum + sizeOf(one), 0)).toBeLessThanOrEqual(most)
      expect(lines(calls.flat())).toEqual(lines(changes))
    }),
  )
})

test('new titles of albums stay in one call, as one may take the title that another gives up', () => {
  const titles = [
    { album: 'o~a', from: 'A', to: 'B' },
    { album: 'o~b', from: 'B', to: 'A' },
  ]
  expect(inCalls([{ kind: 'rename-albums', titles }], 1)).toEqual([[{ kind: 'rename-albums', titles }]])
})

test('nothing to change makes no call', () => {
  expect(inCalls([])).toEqual([])
})

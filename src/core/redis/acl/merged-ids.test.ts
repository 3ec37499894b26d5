import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergedIds } from './merged-ids.ts'

const letter = fc.constantFrom('0', '9', 'A', 'z')
const ids = fc.array(
  fc
    .tuple(fc.constantFrom('o~Abcd12', 'o~Abcd1', 'ana~Wxyz'), letter, letter)
    .map(([stem, last, end]) => stem + last + end),
)

/** What a pattern of Redis matches that has no more than a class for each of its last two letters. */
const matches = (pattern: string) => {
  const [, stem = '', ...last] =
    /^([^[\]]*?)([0-9A-Za-z]|\[[0-9A-Za-z]{2,}\])([0-9A-Za-z]|\[[0-9A-Za-z]{2,}\])$/.exec(pattern) ?? []
  const [rows = [], columns = []] = last.map((part) => part.replaceAll(/[[\]]/g, '').split(''))
  return rows.flatMap((row) => columns.map((column) => stem + row + column))
}

test('ids that differ in their last two letters alone are few, and these name exactly them', () => {
  expect(
    mergedIds(['o~Abcd12K4', 'o~Wxyz0000', 'o~Abcd123q', 'o~Abcd12Kq', 'o~Abcd1234', 'o~Abcd1299']),
  ).toEqual(['o~Abcd12[3K][4q]', 'o~Wxyz0000', 'o~Abcd1299'])
  fc.assert(
    fc.property(ids, (some) => {
      const merged = mergedIds(some)
      expect(merged.flatMap(matches).toSorted()).toEqual([...new Set(some)].toSorted())
      expect(merged.length).toBeLessThanOrEqual(new Set(some.map((id) => id.slice(0, -1))).size)
    }),
  )
})

test('ids of another length are no relatives', () => {
  expect(mergedIds(['o~Abcd12', 'o~Abcd123', 'o~Abcd1234'])).toEqual(['o~Abcd12', 'o~Abcd123', 'o~Abcd1234'])
})

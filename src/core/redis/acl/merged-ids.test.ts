import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergedIds } from './merged-ids.ts'

const letter = fc.constantFrom('0', '9', 'A', 'Z', 'a', 'z', 'q', '7')
const ids = fc.array(
  fc
    .tuple(fc.constantFrom('o~Abcd12', 'o~Abcd1', 'ana~Wxyz'), letter, letter)
    .map(([stem, last, end]) => stem + last + end),
)

/** What a pattern of Redis matches that has no more than one class, at its end. */
const matches = (pattern: string) => {
  const [, stem = '', last = ''] = /^([^[\]]*)(?:\[([0-9A-Za-z]+)\])?$/.exec(pattern) ?? []
  return last === '' ? [stem] : [...last].map((one) => stem + one)
}

test('ids that differ in their last letter alone are one, and it names exactly these', () => {
  expect(mergedIds(['o~Abcd123K', 'o~Wxyz0000', 'o~Abcd1234'])).toEqual(['o~Abcd123[4K]', 'o~Wxyz0000'])
  fc.assert(
    fc.property(ids, (some) => {
      const merged = mergedIds(some)
      expect(merged.flatMap(matches).toSorted()).toEqual([...new Set(some)].toSorted())
      expect(merged.length).toBe(new Set(some.map((id) => id.slice(0, -1))).size)
    }),
  )
})

test('ids of another length are no relatives', () => {
  expect(mergedIds(['o~Abcd12', 'o~Abcd123', 'o~Abcd1234'])).toEqual(['o~Abcd12', 'o~Abcd123', 'o~Abcd1234'])
})

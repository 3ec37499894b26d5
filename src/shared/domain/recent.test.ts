import { expect, test } from 'vitest'
import { Recent } from './recent.ts'

test('what was not used for longest is dropped first, and being read is a use', () => {
  const recent = new Recent<number>(2)
  recent.set('a', 1)
  recent.set('b', 2)
  expect(recent.get('a')).toBe(1)
  recent.set('c', 3)
  expect([recent.get('b'), [...recent.values()]]).toEqual([undefined, [1, 3]])
  recent.set('a', 4)
  recent.set('d', 5)
  expect([...recent.values()]).toEqual([4, 5])
  recent.delete('a')
  expect([...recent.values()]).toEqual([5])
  recent.clear()
  expect(recent.get('d')).toBe(undefined)
})

import { expect, test } from 'vitest'
import { SharpTurns } from './sharp-turns.ts'

test('no more than so many have a turn at once, and those who gave up have none', () => {
  const turns = new SharpTurns(2)
  const begun: string[] = []
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => turns.take(() => begun.push(name)))
  expect(begun).toEqual(['a', 'b'])
  c?.()
  a?.()
  expect(begun).toEqual(['a', 'b', 'd'])
  for (const end of [a, a, b, d]) end?.()
  turns.take(() => begun.push('e'))
  turns.take(() => begun.push('f'))
  turns.take(() => begun.push('g'))
  expect(begun).toEqual(['a', 'b', 'd', 'e', 'f'])
})

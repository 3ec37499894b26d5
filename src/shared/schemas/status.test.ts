import { expect, test } from 'vitest'
import { Statuses, usualStatuses } from './status.ts'

const named = (id: string, name: string) => ({ id, name, colour: 'grey' })
const isSound = (...all: unknown[]) => Statuses.safeParse(all).success

test('the usual statuses have no name of their own, and all others have one', () => {
  expect(Statuses.parse(usualStatuses)).toEqual(usualStatuses)
  expect(isSound(named('proof1', ''))).toBe(false)
  expect(isSound(named('proof1', ' At the printer '), named('new', ''))).toBe(true)
})

test('ids and names differ, and no id is what filters call photos without one', () => {
  expect(isSound(named('a', 'One'), named('a', 'Two'))).toBe(false)
  expect(isSound(named('a', 'One'), named('b', ' one'))).toBe(false)
  expect(isSound(named('none', 'None'))).toBe(false)
  expect(isSound({ ...named('a', 'One'), colour: 'pink' })).toBe(false)
  expect(isSound(named('a', 'two\nlines'))).toBe(false)
})

test('there are no more than there are keys for', () => {
  const many = Array.from({ length: 10 }, (_, n) => named(`s${n}`, `Status ${n}`))
  expect(isSound(...many)).toBe(false)
  expect(isSound(...many.slice(1))).toBe(true)
})

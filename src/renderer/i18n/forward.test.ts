import { expect, it } from 'vitest'
import { acrossFromStart, inRow } from './forward.ts'

it.each([
  ['ArrowLeft', 'ArrowRight'],
  ['Alt+ArrowRight', 'Alt+ArrowLeft'],
  ['ArrowDown', 'ArrowDown'],
])('where rows go on to the left, %s is %s', (pressed, means) => {
  expect(inRow(pressed, -1)).toBe(means)
  expect(inRow(pressed, 1)).toBe(pressed)
})

it('measures from the side at which rows begin', () => {
  const element = { getBoundingClientRect: () => ({ left: 100, right: 400 }) } as Element
  expect(acrossFromStart(element, 150, 1)).toBe(50)
  expect(acrossFromStart(element, 150, -1)).toBe(250)
})

import { expect, it } from 'vitest'
import { sidesIn } from '../../scripts/checks/direction.ts'

it.each([
  'left: 0',
  'margin-right: 4px',
  'border-top-left-radius: 4px',
  'text-align: right',
  'padding: 0 4px 0 8px',
  'inset: 0 auto 0 0',
  'transform: translateX(-100%)',
])('a style that names a side is found: %s', (style) => {
  expect(sidesIn(`p { ${style}; }`, true)).toEqual([style])
})

it.each([
  'inset-inline-start: 0',
  'top: 0',
  'text-align: center',
  'padding: 0 4px 8px',
  'padding: calc(4px + env(safe-area-inset-top)) 4px 0 4px',
  'transform: translateX(calc(-100% * var(--forward)))',
  'transform: translateY(-50%)',
])('one that turns with the language is not: %s', (style) => {
  expect(sidesIn(`p { ${style}; }`, true)).toEqual([])
})

it('so is one in the markup', () => {
  expect(sidesIn('<p style:left="4px" style:top="4px">x</p>')).toEqual(['style:left'])
})

import { expect, test, vi } from 'vitest'
import type { Command } from './command.ts'
import { menuItems } from './menu-items.ts'

const command = (more: Partial<Command<null>> = {}): Command<null> => ({
  id: 'one',
  label: 'undo',
  group: 'window',
  run: () => undefined,
  ...more,
})

test('a menu greys what cannot be done and leaves out what it does not offer', () => {
  const hidden = command({ offered: () => false })
  const items = menuItems([command({ when: () => false }), hidden, command({ grave: true })], null)
  expect(items).toMatchObject([{ disabled: true }, { grave: true, disabled: false }])
})

test('no line stands at an end of a menu, or next to another one', () => {
  const hidden = command({ offered: () => false })
  const items = menuItems([hidden, null, command(), null, hidden, null, command(), null, hidden], null)
  expect(items.map((item) => item === null)).toEqual([false, true, false])
})

test('commands of one row are choices of it, with what holds checked, and none is left where none is offered', () => {
  const row = (...choices: Command<null>[]) => ({ label: 'rating' as const, choices })
  const star = command({ icon: 'star', checked: () => true })
  expect(menuItems([row(star, command({ dot: 'red' }))], null)).toMatchObject([
    {
      label: 'Rating',
      choices: [
        { icon: 'star', checked: true },
        { dot: 'red', checked: false },
      ],
    },
  ])
  expect(menuItems([row(command({ offered: () => false }))], null)).toEqual([])
  const [some] = menuItems([row(command({ offered: () => false }), command({ ring: () => 'teal' }))], null)
  expect(some).toMatchObject({ choices: [{ ring: 'teal' }] })
})

test('a choice that holds is taken away by choosing it again', () => {
  const [set, clear] = [vi.fn(), vi.fn()]
  const chosen = (holds: boolean) => {
    const star = command({ checked: () => holds, again: command({ run: clear }), run: set })
    const [row] = menuItems([{ label: 'rating', choices: [star] }], null)
    if (row && 'choices' in row) row.choices[0]?.run()
  }
  chosen(false)
  expect([set, clear].map(({ mock }) => mock.calls.length)).toEqual([1, 0])
  chosen(true)
  expect([set, clear].map(({ mock }) => mock.calls.length)).toEqual([1, 1])
})

test('commands behind one entry are those that are offered, and one alone stands by itself', () => {
  const group = (...items: Command<null>[]) => menuItems([{ label: 'rating', items }], null)
  const hidden = command({ offered: () => false })
  expect(group(command(), hidden, command({ grave: true }))).toMatchObject([
    { label: 'Rating', items: [{ disabled: false }, { grave: true }] },
  ])
  expect(group(hidden, command({ grave: true }))).toMatchObject([{ grave: true }])
  expect(group(hidden)).toEqual([])
})

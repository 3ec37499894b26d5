import { expect, test } from 'vitest'
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
  expect(items.map((item) => item?.disabled)).toEqual([true, false])
  expect(items[1]?.grave).toBe(true)
})

test('no line stands at an end of a menu, or next to another one', () => {
  const hidden = command({ offered: () => false })
  const items = menuItems([hidden, null, command(), null, hidden, null, command(), null, hidden], null)
  expect(items.map((item) => item === null)).toEqual([false, true, false])
})

import { expect, test, vi } from 'vitest'
import { keyCaps, keyText, runByKey, type Command } from './command.ts'

/** A key press as a browser tells it, with the modifiers that are held. */
const press = (key: string, held: string[] = [], more: Partial<KeyboardEvent> = {}) => {
  const preventDefault = vi.fn()
  const getModifierState = (modifier: string) => held.includes(modifier)
  const code = key === ' ' ? 'Space' : key
  const event = { key, code, repeat: false, preventDefault, getModifierState, ...more }
  return { event: event as unknown as KeyboardEvent, preventDefault }
}

const command = (more: Partial<Command<string[]>>): Command<string[]> => ({
  id: 'done',
  label: 'undo',
  group: 'window',
  keys: ['p'],
  run: (done) => done.push('done'),
  ...more,
})

const runs = (one: Command<string[]>, event: KeyboardEvent) => {
  const done: string[] = []
  return { taken: runByKey(event, [null, one], done), times: done.length }
}

test('a key runs its command, small or capital, and the browser does nothing of its own with it', () => {
  const { event, preventDefault } = press('P')
  expect(runs(command({}), event)).toEqual({ taken: true, times: 1 })
  expect(preventDefault).toHaveBeenCalledOnce()
})

test('a key with another modifier is another key', () => {
  expect(runs(command({}), press('P', ['Shift']).event)).toEqual({ taken: false, times: 0 })
  expect(runs(command({}), press('p', ['Control']).event)).toEqual({ taken: false, times: 0 })
  expect(runs(command({ keys: ['Shift+p'] }), press('P', ['Shift']).event).times).toBe(1)
})

test('a sign that some keyboards have above a digit is found with Shift and without', () => {
  const help = command({ keys: ['[Shift]+?'] })
  expect(runs(help, press('?', ['Shift']).event).times).toBe(1)
  expect(runs(help, press('?').event).times).toBe(1)
})

test('what cannot be done now leaves the key alone, unless the command says why itself', () => {
  const when = () => false
  const { event, preventDefault } = press('p')
  expect(runs(command({ when }), event)).toEqual({ taken: false, times: 0 })
  expect(preventDefault).not.toHaveBeenCalled()
  expect(runs(command({ when, explains: true }), press('p').event).times).toBe(1)
})

test('a key that is held runs its command once, or again and again where it repeats', () => {
  const held = press('p', [], { repeat: true }).event
  expect(runs(command({}), held)).toEqual({ taken: true, times: 0 })
  expect(runs(command({ repeats: true }), held)).toEqual({ taken: true, times: 1 })
})

test('keys are printed as users know them', () => {
  expect(keyCaps('Shift+ArrowLeft')).toEqual(['⇧', '←'])
  expect(keyCaps('Shift+Digit1')).toEqual(['⇧', '1'])
  expect(keyCaps('[Shift]++')).toEqual(['+'])
  expect(keyCaps('-')).toEqual(['−'])
  expect(keyCaps('Escape')).toEqual(['Esc'])
  expect(keyText(command({ keys: ['$mod+Shift+z', '$mod+y'] }))).toBe('Ctrl+⇧Z')
  expect(keyText(command({ keys: [] }))).toBe('')
})

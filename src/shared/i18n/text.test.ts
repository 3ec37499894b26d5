import { expect, it } from 'vitest'
import { english, readText } from './english.ts'
import errors from '../messages/fr/errors.json' with { type: 'json' }
import passwords from '../messages/fr/passwords.json' with { type: 'json' }
import { speaker, type Text } from './text.ts'

const french = speaker({ ...errors, ...passwords }, 'fr-FR')

it('says the same in each language', () => {
  const text: Text = { id: 'albumTaken', blanks: { title: 'Corsica' } }
  expect(english(text)).toBe('There is an album “Corsica” already. Choose another title.')
  expect(french(text)).toBe('Il y a déjà un album «\u00a0Corsica\u00a0». Choisissez un autre titre.')
})

it('says a reason within a text in the language of the text', () => {
  const text: Text = { id: 'notWhole', blanks: { why: { id: 'wholeEndMissing' } } }
  expect(english(text)).toBe('This file is not a whole backup of Cimaise: its end is missing.')
  expect(french(text)).toBe('Ce fichier n’est pas une sauvegarde complète de Cimaise\u00a0: la fin manque.')
})

it('writes numbers as the language does', () => {
  const text: Text = { id: 'photoTagsFull', blanks: { n: 1204 } }
  expect(english(text)).toBe('A photo carries at most 1,204 tags.')
  expect(french(text)).toBe('Une photo porte au plus 1\u202f204 mots-clés.')
})

it('reads a text that was written down', () => {
  const text: Text = { id: 'notWhole', blanks: { why: { id: 'wholeEndMissing' } } }
  const read = readText(JSON.parse(JSON.stringify(text)))
  expect(read && english(read)).toBe(english(text))
})

it.each([
  ['nothing', undefined],
  ['no object', 'albumGone'],
  ['an id of another version', { id: 'somethingNew' }],
  ['a name that every object has', { id: 'constructor' }],
  ['an id that is no string', { id: 7 }],
  ['a blank too few', { id: 'albumTaken', blanks: {} }],
  ['a blank too many', { id: 'albumGone', blanks: { title: 'x' } }],
  ['another blank', { id: 'albumTaken', blanks: { name: 'x' } }],
  ['a blank that is no text', { id: 'albumTaken', blanks: { title: ['x'] } }],
  ['a number that is none', { id: 'photoTagsFull', blanks: { n: Number.NaN } }],
  ['a reason that is no text', { id: 'notWhole', blanks: { why: { id: 'somethingNew' } } }],
])('takes %s for no text', (_, claim) => {
  expect(readText(claim)).toBeNull()
})

it('takes texts in texts without end for none', () => {
  const nested: { id: string; blanks: Record<string, unknown> } = { id: 'notWhole', blanks: {} }
  nested.blanks['why'] = nested
  expect(readText(nested)).toBeNull()
})

import { expect, it } from 'vitest'
import { byLanguage, directionOf, spokenOf } from './languages.ts'

it.each([
  [['fr-CA', 'en'], 'fr'],
  [['tlh', 'AR-eg'], 'ar'],
  [['tlh'], 'en'],
  [[], 'en'],
])('of the languages of somebody it takes the first that is spoken: %j', (tags, spoken) => {
  expect(spokenOf(tags)).toBe(spoken)
})

it('passes over a language whose texts are not there', () => {
  expect(spokenOf(['de', 'fr'], ['en', 'fr'])).toBe('fr')
})

it('reads Arabic from the right, and others from the left', () => {
  expect(directionOf('ar')).toBe('rtl')
  expect(directionOf('ja')).toBe('ltr')
})

it('knows the language of a catalogue by its folder', () => {
  expect([...byLanguage({ '../messages/fr/mail.json': 1, '../messages/xx/mail.json': 2 })]).toEqual([
    ['fr', 1],
  ])
})

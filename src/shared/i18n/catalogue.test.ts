import { expect, it } from 'vitest'
import { blanksIn, translator } from './catalogue.ts'

const messages = { hello: 'Hello {name}, {name}', photos: { one: '{n} photo', other: '{n} photos' } }
const english = translator(messages, 'en-GB')
const french = translator(messages, 'fr-FR')

it('fills each blank wherever it stands', () => {
  expect(english.t('hello', { name: 'Ana' })).toBe('Hello Ana, Ana')
})

it('takes what fills a blank as it is', () => {
  expect(english.t('hello', { name: '$& {name}' })).toBe('Hello $& {name}, $& {name}')
})

it('leaves a blank empty that nothing fills', () => {
  expect(english.t('hello')).toBe('Hello , ')
})

it('counts by the rules of the language: none is a plural in English, a singular in French', () => {
  expect(english.counted('photos', 0)).toBe('0 photos')
  expect(french.counted('photos', 0)).toBe('0 photo')
  expect(french.counted('photos', 2)).toBe('2 photos')
})

it('has as many forms as the language: Arabic tells six numbers apart, Japanese none', () => {
  const photos = {
    zero: 'لا صور',
    one: 'صورة واحدة',
    two: 'صورتان',
    few: '{n} صور',
    many: '{n} صورة',
    other: '{n} صورة.',
  }
  const { counted } = translator({ photos }, 'ar')
  expect([0, 1, 2, 3, 11, 100].map((n) => counted('photos', n))).toEqual([
    'لا صور',
    'صورة واحدة',
    'صورتان',
    '3 صور',
    '11 صورة',
    '100 صورة.',
  ])
  expect(translator({ photos: { other: '{n} 枚' } }, 'ja').counted('photos', 1)).toBe('1 枚')
})

it('separates thousands as the language does', () => {
  expect(english.counted('photos', 1204)).toBe('1,204 photos')
  expect(french.counted('photos', 1204)).toBe('1\u202f204 photos')
})

it('names the blanks of a text once each, those of all its forms', () => {
  expect(blanksIn('{b} {a} {b}')).toEqual(['a', 'b'])
  expect(blanksIn({ one: '{n}', other: '{n} of {total}' })).toEqual(['n', 'total'])
})

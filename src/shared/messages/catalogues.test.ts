import { describe, expect, it } from 'vitest'
import { languages } from '../domain/appearance.ts'
import { blanksIn, type Catalogue } from '../i18n/catalogue.ts'

const files = import.meta.glob<Catalogue>('./*/*.json', { eager: true, import: 'default' })

/** Each folder, with its catalogues by their names. */
const folders = Map.groupBy(Object.entries(files), ([path]) => path.split('/')[1] ?? '')
const catalogueOf = (language: string, name: string): Catalogue => files[`./${language}/${name}.json`] ?? {}
const names = (folders.get('en') ?? []).map(([path]) => path.split('/')[2]?.replace('.json', '') ?? '')

const shape = (catalogue: Catalogue) =>
  Object.fromEntries(
    Object.entries(catalogue).map(([key, text]) => [
      key,
      { plural: typeof text !== 'string', blanks: blanksIn(text) },
    ]),
  )

const formsOf = (text: Catalogue[string]) => (typeof text === 'string' ? [text] : Object.values(text))
const textsOf = (catalogue: Catalogue) => Object.values(catalogue).flatMap(formsOf)

/** The texts of a number that have other forms than the language tells apart, up to a thousand: French has one more for whole millions. */
const misformed = (catalogue: Catalogue, language: string) => {
  const rules = new Intl.PluralRules(language)
  const forms = [...new Set(Array.from({ length: 1000 }, (_, n) => rules.select(n)))].sort()
  return Object.entries(catalogue).flatMap(([key, text]) =>
    typeof text === 'string' || Object.keys(text).toSorted().join() === forms.join() ? [] : [key],
  )
}

it('each language has its folder, and each folder is one of the languages', () => {
  expect([...folders.keys()].toSorted()).toEqual(languages.toSorted())
})

describe.each([...folders.keys()].flatMap((language) => names.map((name) => [language, name] as const)))(
  'in %s, the catalogue %s',
  (language, name) => {
    const catalogue = catalogueOf(language, name)

    it('has the same texts with the same blanks as in English', () => {
      expect(shape(catalogue)).toEqual(shape(catalogueOf('en', name)))
    })

    it('has the forms of a number that the language tells apart', () => {
      expect(misformed(catalogue, language)).toEqual([])
    })

    it('has no empty text', () => {
      expect(textsOf(catalogue).filter((text) => text.trim() === '')).toEqual([])
    })
  },
)

it('breaks no French line before a mark that a space precedes', () => {
  const texts = names.flatMap((name) => textsOf(catalogueOf('fr', name)))
  expect(texts.filter((text) => / [;:!?»]|« /.test(text))).toEqual([])
})

it('no key stands in two catalogues of the page', () => {
  const ofPage = names.filter((name) => !['desktop', 'errors', 'mail'].includes(name))
  const keys = ofPage.flatMap((name) => Object.keys(catalogueOf('en', name)))
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([])
})

import { readFileSync, readdirSync } from 'node:fs'
import { translator, type Catalogue } from '../../src/shared/i18n/catalogue.ts'

const ofPage = new Set(['app', 'organise', 'rooms', 'access'].map((name) => `${name}.json`))
const folder = new URL('../../src/shared/messages/', import.meta.url)

/** What the window says in a language, by the keys of its catalogues: for tests that are the same in all of them. */
export const wordsOf = (language: 'en' | 'fr') => {
  const files = readdirSync(new URL(`${language}/`, folder)).filter((name) => ofPage.has(name))
  const texts = files.map(
    (name) => JSON.parse(readFileSync(new URL(`${language}/${name}`, folder), 'utf8')) as Catalogue,
  )
  const { t, counted } = translator(Object.assign({}, ...texts) as Catalogue, language)
  // No type knows the keys of a file that is read at run time; a key that is none says nothing, which no locator finds.
  const say = t as (key: string, blanks?: Record<string, string>) => string
  return { say, count: counted as (key: string, n: number) => string }
}

export type Words = ReturnType<typeof wordsOf>

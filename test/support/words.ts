import { readFileSync, readdirSync } from 'node:fs'
import type { Messages } from '../../src/renderer/i18n/en.ts'
import { translator } from '../../src/shared/i18n/catalogue.ts'

const ofPage = new Set(['app', 'organise', 'rooms', 'access'].map((name) => `${name}.json`))
const folder = new URL('../../src/shared/messages/', import.meta.url)

/** What the window says in a language, by the keys of its catalogues: for tests that are the same in all of them. */
export const wordsOf = (language: 'en' | 'fr') => {
  const files = readdirSync(new URL(`${language}/`, folder)).filter((name) => ofPage.has(name))
  const texts = files.map(
    (name) => JSON.parse(readFileSync(new URL(`${language}/${name}`, folder), 'utf8')) as Partial<Messages>,
  )
  const { t, counted } = translator(Object.assign({}, ...texts) as Messages, language)
  return { say: t, count: counted }
}

export type Words = ReturnType<typeof wordsOf>

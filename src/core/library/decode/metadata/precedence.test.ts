import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { dateSources, keywordSources, placeSources, precedence, zoneSources } from './precedence.ts'

const page = readFileSync('docs/metadata.md', 'utf8')

/** The tags of one row of the table. */
const documented = (field: string) => {
  const row = page.split('\n').find((line) => line.startsWith(`| ${field} `)) ?? ''
  return [...(row.split('|')[2] ?? '').matchAll(/`([^`]+)`/g)].map(([, tag]) => tag)
}

const rows: [field: string, tags: string[]][] = [
  ...Object.entries(precedence).map(([field, sources]): [string, string[]] => [
    `\`${field}\``,
    [...new Set(sources.map(([tag]) => tag))],
  ]),
  ['`taken`', dateSources.map(({ date }) => date)],
  ['zone', zoneSources.map(({ date }) => date)],
  ['place', placeSources.map(({ lat }) => lat)],
  ['branches of tags', keywordSources.branches.map(([name]) => name)],
  ['flat tags', [...keywordSources.flat]],
]

test.each(rows)('docs/metadata.md names the tags of %s in their order', (field, tags) => {
  expect(documented(field)).toEqual(tags)
})

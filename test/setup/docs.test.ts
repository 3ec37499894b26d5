import { expect, test } from 'vitest'
import { brokenNames } from '../../scripts/checks/docs.ts'

const tracked = ['docs/a.md', 'src/core/photos/tags.ts', 'src/core/photos/photo-query.ts', 'README.md']

const broken = (file: string, text: string) => brokenNames([{ file, text }], tracked)

test('a document may name a file by any end of its path, a folder, and several files by a pattern', () => {
  const text =
    '`core/photos/tags.ts`, `tags.ts`, `src/core/photos`, `core/photos/*.ts`, `photos/{tags,photo-query}.ts`'
  expect(broken('docs/a.md', text)).toEqual([])
})

test('a file or a folder that is not there is told of with its line', () => {
  expect(
    broken('docs/a.md', 'First `photos/tags.ts`,\nthen `photos/labels.ts` in `src/core/people`.'),
  ).toEqual([
    'docs/a.md:2 names photos/labels.ts, which is not there',
    'docs/a.md:2 names src/core/people, which is not there',
  ])
})

test('of code only comments are read', () => {
  const code = "import x from './nowhere.ts'\n/** As in gone.ts. */\nconst url = 'https://example.org/a.ts'\n"
  expect(broken('src/core/photos/tags.ts', code)).toEqual([
    'src/core/photos/tags.ts:2 names gone.ts, which is not there',
  ])
})

test('a link to a heading that was renamed is told of', () => {
  const text = '# One thing\n[here](#one-thing) and [there](#another)'
  expect(broken('README.md', text)).toEqual([
    'README.md links to #another, but README.md has no such heading',
  ])
})

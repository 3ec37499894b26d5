import { expect, test } from 'vitest'
import { toTree, type Branch } from './tree.ts'

const albums = (...titles: string[]) =>
  titles.map((title, i) => ({ id: `ana~${i}`, title, photos: i + 1, public: false }))

const drawn = (branches: Branch[], level = 0): string[] =>
  branches.flatMap(({ name, item, photos, branches: below }) => [
    `${'  '.repeat(level)}${name}${item ? '' : ' -'} ${photos}`,
    ...drawn(below, level + 1),
  ])

test('a slash makes a branch, which counts what is below it', () => {
  expect(drawn(toTree(albums('2024/Corsica', '2024/Studio/Ana', 'Zoo')))).toEqual([
    '2024 - 3',
    '  Corsica 1',
    '  Studio - 2',
    '    Ana 2',
    'Zoo 3',
  ])
})

test('an album may be a branch too, wherever it comes in the list', () => {
  expect(drawn(toTree(albums('2024/Corsica', '2024')))).toEqual(['2024 3', '  Corsica 1'])
})

test('slashes that part nothing are part of the name', () => {
  expect(drawn(toTree(albums('/a', 'b//c', 'd/')))).toEqual(['/a 1', 'b//c 2', 'd/ 3'])
})

test('20,000 albums side by side are 20,000 branches', () => {
  const many = albums(...Array.from({ length: 20_000 }, (_, i) => `Album ${i}`))
  expect(toTree(many)).toHaveLength(20_000)
})

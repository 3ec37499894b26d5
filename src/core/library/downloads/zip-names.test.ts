import { expect, test } from 'vitest'
import { foldersOf, ZipNames } from './zip-names.ts'

test('no two paths are one to any system', () => {
  const names = new ZipNames()
  const take = (name: string) => names.takeFile('Été', name, 'id')
  expect(['a.jpg', 'A.JPG', 'a.jpg', 'é.jpg', 'e\u0301.jpg', 'a (2).jpg'].map(take)).toEqual([
    'Été/a.jpg',
    'Été/A (2).JPG',
    'Été/a (3).jpg',
    'Été/é.jpg',
    'Été/é (2).jpg',
    'Été/a (2) (2).jpg',
  ])
  expect(names.takeFile(undefined, 'a.jpg', 'id')).toBe('a.jpg')
})

test('names that a system refuses, or takes for something else, are made plain', () => {
  const names = new ZipNames()
  const take = (name: string) => names.takeFile('', name, 'id')
  expect(
    ['CON.jpg', 'nul', 'a:b?.jpg', '../../x.jpg', '..', 'trailing. ', '.hidden', 'tab\t.jpg'].map(take),
  ).toEqual(['_CON.jpg', '_nul', 'a_b_.jpg', '_.._x.jpg', 'id', 'trailing', 'hidden', 'tab_.jpg'])
  const long = take(`${'写'.repeat(200)}.jpg`)
  expect(Buffer.byteLength(long)).toBeLessThanOrEqual(255)
  expect(long.endsWith('写.jpg')).toBe(true)
})

test('titles make folders, none of which is also a file', () => {
  expect(['2024/Corsica', '../x', 'a//b', 'COM1/x.', '…'].map(foldersOf)).toEqual([
    '2024/Corsica',
    'x',
    'a/b',
    '_COM1/x',
    '…',
  ])
  const names = new ZipNames()
  expect(['2024', '2024', 'Trip/a.jpg'].map((title) => names.takeFolder(title))).toEqual([
    '2024',
    '2024 (2)',
    'Trip/a.jpg',
  ])
  expect(names.takeFile('Trip', 'A.jpg', 'id')).toBe('Trip/A (2).jpg')
})

test('ten thousand of one name are told apart at once', () => {
  const names = new ZipNames()
  const all = Array.from({ length: 10_000 }, () => names.takeFile('', 'IMG.jpg', 'id'))
  expect(new Set(all).size).toBe(10_000)
  expect(all.at(-1)).toBe('IMG (10000).jpg')
})

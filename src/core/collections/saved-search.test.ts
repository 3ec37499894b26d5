import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SavedSearch } from '../../shared/schemas/collection.ts'
import { searchText } from '../../shared/domain/saved-search.ts'
import { maxSearchBytes, readSearch } from './saved-search.ts'

const search: SavedSearch = { album: 'owner~Abcd1234', filter: { rating: 3, all: ['Sea'], text: 'boat' } }

test('a search is read as it was stored, and the same one is always stored as the same text', () => {
  expect(readSearch(searchText(search))).toEqual(search)
  const otherwise: SavedSearch = { filter: { text: 'boat', all: ['Sea'], rating: 3 }, album: search.album }
  expect(searchText(otherwise)).toBe(searchText(search))
  const [here, there] = [
    { south: 1, west: 2, north: 3, east: 4 },
    { east: 4, north: 3, west: 2, south: 1 },
  ]
  expect(searchText({ album: null, filter: { within: here } })).toBe(
    searchText({ album: null, filter: { within: there } }),
  )
  expect(readSearch(searchText({ album: null, filter: {} }))).toEqual({ album: null, filter: {} })
})

test('what is none is no search, whatever stands there', () => {
  const stored = JSON.parse(searchText(search)) as { filter: object }
  for (const wrong of [
    { ...stored, filter: { ...stored.filter, rating: 9 } },
    { ...stored, filter: { ...stored.filter, all: 'Sea' } },
    { ...stored, filter: { ...stored.filter, text: 'x'.repeat(201) } },
    { ...stored, album: '../x' },
    { filter: {} },
    [],
    null,
  ])
    expect(readSearch(JSON.stringify(wrong))).toBeNull()
  fc.assert(fc.property(fc.string(), (text) => readSearch(text) === null))
  expect([readSearch(undefined), readSearch(null), readSearch('')]).toEqual([null, null, null])
})

test('a condition of a later version makes a search unreadable, as without it more would be found', () => {
  const { album, filter } = search
  expect(readSearch(JSON.stringify({ album, filter: { ...filter, faces: 1 } }))).toBeNull()
  expect(readSearch(JSON.stringify({ album, filter, people: [] }))).toBeNull()
})

test('the longest search that there can be fits', () => {
  const tags = Array.from({ length: 50 }, () => '\u0001'.repeat(100))
  const text = '\u0001'.repeat(200)
  const longest = { album: null, filter: { all: tags, any: tags, none: tags, text, camera: text } }
  expect(readSearch(searchText(longest))).toEqual(longest)
  expect(Buffer.byteLength(searchText(longest))).toBeLessThan(maxSearchBytes)
})

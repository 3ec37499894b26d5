import { expect, test } from 'vitest'
import type { Album } from '../../shared/schemas/album.ts'
import { suggest, type Known } from './suggest.ts'

const album = (id: string, title: string, photos: number): Album => ({
  id: `owner~${id}`,
  title,
  photos,
  public: false,
  description: '',
  cover: null,
  right: 'read',
  download: 'original',
})

const known: Known = {
  statuses: [
    { id: 'toEdit', name: 'To edit' },
    { id: 'printer', name: 'At the printer' },
  ],
  albums: [
    album('Abcd1234', '2019/Corse', 120),
    album('Abcd1235', 'Décors', 3),
    album('Abcd1236', 'Łódź', 7),
  ],
  tags: [
    { tag: 'places/Corsica', photos: 90 },
    { tag: 'sea', photos: 4 },
  ],
  cameras: [{ camera: 'Leica M6', photos: 11 }],
  towns: [
    { name: 'Lyon', country: 'FR', photos: 8 },
    { name: 'Nîmes', country: 'FR', photos: 2 },
    { name: 'London', country: 'GB', photos: 4 },
  ],
  months: [
    { month: '2019-07', photos: 20 },
    { month: '2019-06', photos: 10 },
    { month: '2018-07', photos: 5 },
  ],
  accounts: [{ name: 'ana', displayName: 'Ana Núñez' }],
  collections: [
    { id: 'owner~-Abcd1234', title: 'Portfolio', photos: 5, smart: false },
    { id: 'owner~-Abcd1235', title: 'By the sea', photos: null, smart: true },
  ],
  said: null,
  clients: [
    { album: 'owner~Abcd1235', link: 'share~Abcd1234', name: 'Anna Berg', photos: 28 },
    { album: 'owner~Abcd1236', link: 'share~Abcd1235', name: 'Ben', photos: 2 },
  ],
  shown: undefined,
  mayKeep: false,
}

const told = (text: string, own: Partial<Known> = {}) =>
  suggest(text, { ...known, ...own }).map(({ label, options }) => [
    label,
    ...options.map((option) => `${option.label} ${option.note}`.trim()),
  ])

test('nothing is suggested for nothing', () => {
  expect([told(''), told('  '), told('-')]).toEqual([[], [], []])
})

test.each<[string, string[][]]>([
  [
    'cor',
    [
      ['Search photos', 'All photos with “cor”'],
      ['Albums', '2019/Corse 120', 'Décors 3'],
      ['Tags', 'places/Corsica 90'],
    ],
  ],
  [
    'lodz',
    [
      ['Search photos', 'All photos with “lodz”'],
      ['Albums', 'Łódź 7'],
    ],
  ],
  [
    'LEICA',
    [
      ['Search photos', 'All photos with “LEICA”'],
      ['Cameras', 'Leica M6 11'],
    ],
  ],
  [
    'july',
    [
      ['Search photos', 'All photos with “july”'],
      ['Dates', 'July 2019 20', 'July 2018 5'],
    ],
  ],
  [
    '2019',
    [
      ['Search photos', 'All photos with “2019”'],
      ['Albums', '2019/Corse 120'],
      ['Dates', '2019 30', 'July 2019 20', 'June 2019 10'],
    ],
  ],
  [
    'nunez',
    [
      ['Search photos', 'All photos with “nunez”'],
      ['People', 'Ana Núñez ana'],
    ],
  ],
])('for %j are suggested %j', (text, groups) => {
  expect(told(text)).toEqual(groups)
})

test('the search in the album that is shown is offered behind that in all photos', () => {
  const [first] = suggest('sea', { ...known, shown: known.albums[0] })
  expect(first?.options.map(({ label, way }) => [label, way])).toEqual([
    ['All photos with “sea”', { filter: { text: 'sea' } }],
    ['In Corse: “sea”', { album: 'owner~Abcd1234', filter: { text: 'sea' } }],
  ])
})

test('a month leads to its days, and a tag, a camera and a year to theirs', () => {
  const way = (text: string, group: string) =>
    suggest(text, known).find(({ label }) => label === group)?.options[0]?.way
  expect(way('june 2019', 'Dates')).toEqual({ filter: { from: '2019-06-01', to: '2019-06-30' } })
  expect(way('2018', 'Dates')).toEqual({ filter: { from: '2018-01-01', to: '2018-12-31' } })
  expect(way('sea', 'Tags')).toEqual({ filter: { all: ['sea'] } })
  expect(way('m6', 'Cameras')).toEqual({ filter: { camera: 'Leica M6' } })
  expect(way('ana', 'People')).toEqual({ person: 'ana' })
})

test('collections are found by their names, and who may make albums may keep the search', () => {
  expect(told('portfolio').at(-1)).toEqual(['Collections', 'Portfolio 5'])
  expect(told('by the', { mayKeep: true }).at(-1)).toEqual([
    'Collections',
    'By the sea',
    'Save “by the” as smart album…',
  ])
  expect(told('boat').length).toBe(1)
})

test('a status is suggested by its name, and leads to its photos', () => {
  expect(told('prin')).toContainEqual(['Status', 'At the printer'])
  expect(suggest('print', known).find(({ label }) => label === 'Status')?.options[0]?.way).toEqual({
    filter: { status: 'printer' },
  })
})

test('towns and countries lead to the photos that were taken there', () => {
  const places = (text: string) => suggest(text, known).find(({ label }) => label === 'Places')?.options ?? []
  expect(places('lyon').map(({ label, note }) => `${label} ${note}`)).toEqual(['Lyon, France 8'])
  expect(places('fran').map(({ label, note }) => `${label} ${note}`)).toEqual([
    'France 10',
    'Lyon, France 8',
    'Nîmes, France 2',
  ])
  expect(places('nimes')[0]?.way).toEqual({ filter: { text: 'place:"Nîmes, France"' } })
})

test('clients are found by their names, and all of them by what they did, each in the album that they chose of', () => {
  const chosen = (text: string) =>
    suggest(text, known)
      .find(({ label }) => label === 'Chosen by clients')
      ?.options.map(({ label, note, way }) => [label, note, way])
  expect(chosen('anna')).toEqual([
    ['Anna Berg in Décors', '28', { album: 'owner~Abcd1235', filter: { chosen: 'share~Abcd1234' } }],
  ])
  expect(chosen('chosen')).toHaveLength(2)
  expect(chosen('décors')).toBeUndefined()
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { everything, fromQuery, toQuery } from './url-state.ts'

const tags = fc.array(fc.stringMatching(/^[\p{L}&=+%/ ]{0,12}\p{L}$/u), { minLength: 1, maxLength: 4 })
const shown = fc
  .record({
    album: fc.option(fc.constantFrom('owner~Abcd1234', 'a.b-c_d~12345678')),
    photo: fc.option(fc.constantFrom('aB3dE6gH9j', '0123456789')),
    filter: fc.record(
      {
        all: tags,
        any: tags,
        none: tags,
        text: fc.string({ minLength: 1, maxLength: 200 }),
        from: fc.constant('2024-02-29'),
        to: fc.constant('2024-12-31'),
        camera: fc.string({ minLength: 1, maxLength: 60 }),
        rating: fc.constantFrom(1, 2, 3, 4, 5),
        flag: fc.constantFrom('pick', 'reject', 'none'),
        label: fc.constantFrom('red', 'none'),
        status: fc.constantFrom('toEdit', 'none'),
        video: fc.constant(true),
        missing: fc.constant(true),
        undated: fc.constant(true),
        unplaced: fc.constant(true),
        within: fc.constantFrom(
          { south: -12.5, west: 170.25, north: 3, east: -170 },
          { south: 0, west: 0, north: 0.000001, east: 1e-7 },
        ),
      },
      { requiredKeys: [] },
    ),
    trash: fc.boolean(),
    collection: fc.constantFrom(null, 'owner~-Abcd1234', 'a.b-c_d~Ab12-12345678'),
    edited: fc.boolean(),
    albums: fc.boolean(),
    map: fc.boolean(),
    order: fc.option(fc.tuple(fc.constantFrom('name', 'added', 'rating', 'status', 'manual'), fc.boolean()), {
      nil: undefined,
    }),
  })
  .map(({ order, ...rest }) => ({
    ...rest,
    edited: rest.edited && rest.collection !== null,
    ...(order ? { sort: order[0], descending: order[1] } : {}),
  }))

test('what is shown stands in the address, and is shown again from it', () => {
  fc.assert(
    fc.property(shown, fc.string(), (one, title) => {
      expect(fromQuery(toQuery(one, title))).toEqual(one)
    }),
  )
})

test.each([
  ['2024/Corsica', '2024-corsica~'],
  ['  Été à Paris ! ', 'ete-a-paris~'],
  ['京都 2019', '%E4%BA%AC%E9%83%BD-2019~'],
  ['***', ''],
  ['x'.repeat(200), `${'x'.repeat(60)}~`],
])('the address of an album can be read: %s', (title, slug) => {
  const one = { ...everything, album: 'owner~Abcd1234' }
  expect(toQuery(one, title)).toBe(`album=${slug}owner~Abcd1234`)
})

test('an album that has another title by now is found by its old address', () => {
  expect(fromQuery('album=old-title~owner~Abcd1234').album).toBe('owner~Abcd1234')
})

test('all photos in the usual order need no address', () => {
  expect(toQuery(everything)).toBe('')
  expect(toQuery({ ...everything, sort: 'taken', descending: true })).toBe('')
  expect(fromQuery('')).toEqual(everything)
})

test.each([
  'album=../etc',
  'album=owner',
  'album=a~b~owner~Abcd1234',
  'photo=../etc',
  'photo=short',
  'rating=9',
  'rating=x',
  'from=2024-13-01',
  'to=yesterday',
  'flag=maybe',
  'label=purple',
  'status=to+edit',
  'sort=size',
  'all=',
  `all=${'x'.repeat(101)}`,
  `text=${'x'.repeat(201)}`,
])('what makes no sense is left out: %.20s', (query) => {
  expect(fromQuery(query)).toEqual(everything)
})

test('whatever a user writes into an address, it shows something', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(fromQuery(text).filter).toBeTypeOf('object')
    }),
  )
})

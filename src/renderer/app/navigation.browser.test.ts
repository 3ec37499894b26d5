import { afterEach, beforeEach, expect, test } from 'vitest'
import { Navigation } from './navigation.svelte.ts'

const corsica = 'owner~Corsica1'
const [smart, broken, prints] = ['owner~-Smart123', 'owner~-Broken12', 'owner~-Prints12']
const search = { album: corsica, filter: { all: ['Sea'], rating: 3 } }
const collections: Record<string, { smart: boolean; search: typeof search | null }> = {
  [smart]: { smart: true, search },
  [broken]: { smart: true, search: null },
  [prints]: { smart: false, search: null },
}
const [one, two] = ['photo00001', 'photo00002']

let stop = () => {}
let arrivals: boolean[]
let navigation: Navigation

const stepOf = (how: () => void) =>
  new Promise<void>((resolve) => {
    window.addEventListener('popstate', () => resolve(), { once: true })
    how()
  })

const shown = () => window.location.search

beforeEach(() => {
  window.history.pushState(null, '', '?')
  arrivals = []
  const onarrive = (isElsewhere: boolean) => void arrivals.push(isElsewhere)
  const titleOf = (album: string) => (album === corsica ? '2024/Corsica' : undefined)
  navigation = new Navigation({ onarrive, titleOf, collectionOf: (id) => collections[id] })
  stop = navigation.follow()
})
afterEach(() => stop())

test('an album has its title in its address, and is left by the step back', async () => {
  navigation.show(corsica)
  expect(shown()).toBe(`?album=2024-corsica~${corsica}`)
  await stepOf(() => window.history.back())
  expect(shown()).toBe('')
  expect(navigation.album).toBeNull()
  expect(arrivals).toEqual([true, false])
})

test('a photo that is opened from the grid is closed by the step back, and opened again by the step forward', async () => {
  navigation.show(corsica)
  navigation.tell(one)
  expect(shown()).toBe(`?album=2024-corsica~${corsica}&photo=${one}`)
  await stepOf(() => window.history.back())
  expect(navigation.wanted).toBeNull()
  navigation.tell(null)
  await stepOf(() => window.history.forward())
  expect(navigation.wanted).toBe(one)
  expect(navigation.album).toBe(corsica)
  expect(arrivals).toEqual([true])
})

test('closing a photo leaves no step behind', async () => {
  navigation.show(corsica)
  navigation.tell(one)
  await stepOf(() => navigation.tell(null))
  expect(shown()).toBe(`?album=2024-corsica~${corsica}`)
  expect(navigation.wanted).toBeUndefined()
  await stepOf(() => window.history.back())
  expect(shown()).toBe('')
})

test('leafing through photos changes the address without steps', async () => {
  navigation.tell(one)
  navigation.tell(two)
  await expect.poll(shown).toBe(`?photo=${two}`)
  await stepOf(() => window.history.back())
  expect(shown()).toBe('')
})

test('what is shown while a photo is being closed has an entry of its own', async () => {
  navigation.tell(one)
  await stepOf(() => {
    navigation.tell(null)
    navigation.show(corsica)
  })
  expect(shown()).toBe(`?album=2024-corsica~${corsica}`)
  await stepOf(() => window.history.back())
  expect(shown()).toBe('')
})

test('a photo that the address came with is closed without leaving the page', () => {
  window.history.replaceState(null, '', `?photo=${one}`)
  const followed = new Navigation({
    onarrive: () => {},
    titleOf: () => undefined,
    collectionOf: () => undefined,
  })
  expect(followed.wanted).toBe(one)
  followed.tell(one)
  followed.tell(null)
  expect(shown()).toBe('')
})

test('a smart album shows its own conditions, and its query is that of the collection', () => {
  navigation.go({ collection: smart })
  expect(shown()).toBe(`?collection=${smart}`)
  expect([navigation.filter, navigation.search, navigation.edited]).toEqual([search.filter, search, false])
  expect(navigation.query).toMatchObject({ album: null, collection: smart, sort: 'taken' })
  expect(navigation.query.filter).toBeUndefined()
  expect([navigation.album, navigation.hasOrder]).toEqual([null, false])
})

test('a condition that is changed is looked for in its place, stands in the address, and is left by the step back', async () => {
  navigation.go({ collection: smart })
  navigation.refine({ rating: undefined })
  expect(navigation.edited).toBe(true)
  expect(navigation.query).toMatchObject({ album: corsica, filter: { all: ['Sea'] } })
  expect(navigation.query.collection).toBeUndefined()
  expect(shown()).toBe(`?album=${corsica}&collection=${smart}&edited&all=Sea`)
  navigation.widen()
  expect(navigation.search).toEqual({ album: null, filter: { all: ['Sea'] } })
  await stepOf(() => window.history.back())
  await stepOf(() => window.history.back())
  expect([navigation.edited, navigation.filter]).toEqual([false, search.filter])
  expect(arrivals).toEqual([true, false, false, false, false])
})

test('a change that is taken back by hand, or all at once, is none', () => {
  navigation.go({ collection: smart })
  navigation.refine({ rating: 5 })
  navigation.refine({ rating: 3 })
  expect([navigation.edited, shown()]).toEqual([false, `?collection=${smart}`])
  navigation.narrow({})
  expect([navigation.edited, navigation.query]).toMatchObject([true, { album: corsica }])
  navigation.revert()
  expect([navigation.edited, navigation.filter, shown()]).toEqual([
    false,
    search.filter,
    `?collection=${smart}`,
  ])
})

test('what was saved meanwhile is no change any more', () => {
  navigation.go({ collection: smart })
  navigation.refine({ rating: 5 })
  collections[smart] = { smart: true, search: { ...search, filter: { ...search.filter, rating: 5 } } }
  navigation.settle()
  expect([navigation.edited, navigation.filter.rating, shown()]).toEqual([false, 5, `?collection=${smart}`])
  collections[smart] = { smart: true, search }
})

test('one whose search cannot be read is given another, and no other collection is one', () => {
  navigation.go({ collection: broken })
  expect([navigation.smart, navigation.saved, navigation.edited]).toEqual([true, null, false])
  expect(navigation.query).toMatchObject({ collection: broken })
  navigation.narrow({})
  expect([navigation.edited, navigation.search]).toEqual([true, { album: null, filter: {} }])
  navigation.go({ collection: prints, filter: { rating: 3 } })
  expect([navigation.smart, navigation.search, navigation.hasOrder]).toEqual([false, null, true])
  expect(navigation.query).toMatchObject({ collection: prints, filter: { rating: 3 } })
})

test('the map has an address of its own, keeps what is filtered by, and leads to a grid of a part of it', async () => {
  const within = { south: 40, west: 0, north: 45, east: 10 }
  navigation.show(corsica)
  navigation.refine({ rating: 3 })
  navigation.chart(true)
  expect(shown()).toBe(`?album=2024-corsica~${corsica}&map&rating=3`)
  navigation.refine({ rating: 4 })
  expect(navigation.map).toBe(true)
  navigation.refineInGrid({ within })
  expect(navigation.map).toBe(false)
  expect(navigation.query).toMatchObject({ album: corsica, filter: { rating: 4, within } })
  await stepOf(() => window.history.back())
  expect(navigation.map).toBe(true)
  expect(navigation.filter).toEqual({ rating: 4 })
})

test('from the map of a smart album the grid shows a part of what that finds, as a change of it', () => {
  const within = { south: 40, west: 0, north: 45, east: 10 }
  navigation.go({ collection: smart })
  navigation.chart(true)
  expect(navigation.query).toMatchObject({ collection: smart })
  navigation.refineInGrid({ within })
  expect(navigation.map).toBe(false)
  expect(navigation.edited).toBe(true)
  expect(navigation.query).toMatchObject({ album: corsica, filter: { ...search.filter, within } })
})

test('the place that the map was opened for is forgotten when something else is shown', () => {
  const place = { latitude: 43, longitude: 5 }
  navigation.chart(true, place)
  expect(navigation.charted).toEqual(place)
  navigation.chart(true)
  expect(navigation.charted).toBeNull()
  navigation.chart(true, place)
  navigation.show(corsica)
  expect(navigation.charted).toBeNull()
})

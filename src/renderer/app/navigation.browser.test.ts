import { afterEach, beforeEach, expect, test } from 'vitest'
import { Navigation } from './navigation.svelte.ts'

const corsica = 'owner~Corsica1'
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
  navigation = new Navigation({ onarrive, titleOf })
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
  const followed = new Navigation({ onarrive: () => {}, titleOf: () => undefined })
  expect(followed.wanted).toBe(one)
  followed.tell(one)
  followed.tell(null)
  expect(shown()).toBe('')
})

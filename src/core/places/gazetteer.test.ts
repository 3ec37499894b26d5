import { beforeAll, expect, test } from 'vitest'
import { plainText } from '../../shared/domain/fold-text.ts'
import { openGazetteer, townText, type Gazetteer } from './gazetteer.ts'

let gazetteer: Gazetteer
beforeAll(async () => {
  gazetteer = await openGazetteer()
})

const near = (latitude: number, longitude: number) => {
  const found = gazetteer.nearest(latitude, longitude)
  return (
    found &&
    `${gazetteer.town(found.town).name} ${gazetteer.town(found.town).country} ${Math.round(found.km)}`
  )
}

test.each([
  ['the middle of a city', 45.7578, 4.832, /^Lyon FR [12]$/],
  ['the edge of a city, where the middle of a suburb is nearer', 48.8405, 2.293, /^Paris FR 4$/],
  ['a suburb', 48.8233, 2.2803, /^(Vanves|Issy-les-Moulineaux) FR [01]$/],
  ['another country behind a border', 47.5596, 7.5886, /^Basel CH [01]$/],
  ['a place across 180° from its town', -16.45, -179.95, /^.* FJ \d+$/],
  ['mountains', 45.8326, 6.8652, /^(Chamonix-Mont-Blanc|Courmayeur|Les Houches) (FR|IT) \d+$/],
])('%s is near the town that people would name', (_, latitude, longitude, name) => {
  expect(near(latitude, longitude)).toMatch(name)
})

test('what lies farther than 80 km from any town is near none', () => {
  expect(near(0, -30)).toBeNull()
  expect(near(-85, 0)).toBeNull()
})

const find = (text: string, limit = 3) =>
  gazetteer.find(text, limit).map((n) => `${gazetteer.town(n).name} ${gazetteer.town(n).country}`)

test('a town is found by its names in English and in French, the largest first, and by the country behind a comma', () => {
  expect(find('paris')[0]).toBe('Paris FR')
  expect(find('Paris, United St')[0]).toBe('Paris US')
  expect(find('paris, états-unis')[0]).toBe('Paris US')
  for (const [name, town] of [
    ['londres', 'London GB'],
    ['Cologne', 'Köln DE'],
    ['GENÈVE', 'Genève CH'],
    ['geneva', 'Genève CH'],
    ['Pékin', 'Beijing CN'],
    ['lodz', 'Łódź PL'],
  ])
    expect(find(name ?? '')[0]).toBe(town)
})

test('names are found by their beginnings and by those of their words, and what is no name finds nothing', () => {
  expect(find('york', 50)).toContain('New York City US')
  expect(find('yor')).toContain('York GB')
  for (const text of ['', ' ', '4', '|', ', france', 'zzzzzzqq']) expect(find(text)).toEqual([])
})

test('a town is searched for by its name, its country in both languages, and both', () => {
  const [lyon = -1] = gazetteer.find('lyon', 1)
  expect(townText(lyon).split('\n')).toEqual(expect.arrayContaining(['lyon', 'lyon, france', 'france']))
  const [munich = -1] = gazetteer.find('munich', 1)
  expect(townText(munich).split('\n')).toEqual(
    expect.arrayContaining(['munich, germany', 'munich, allemagne', 'germany', 'allemagne']),
  )
  expect(townText(-1)).toBe('')
})

test('the names in the table are folded as searches are', () => {
  for (let town = 0; town < 100_000; town += 97) {
    expect(townText(town).split('\n')[0]).toBe(plainText(gazetteer.town(town).name))
    expect(gazetteer.town(town).latitude).not.toBeNaN()
  }
})

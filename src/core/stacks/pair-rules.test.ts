import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  arePair,
  leadOrders,
  maxFilmSeconds,
  pairRules,
  readName,
  stackOf,
  type Candidate,
} from './pair-rules.ts'

const at = Date.UTC(2024, 4, 6, 7, 8, 9)

const file = (name: string, type: string, more: Partial<Candidate> = {}): Candidate => ({
  id: name.padEnd(10, '0').slice(0, 10),
  name,
  type,
  time: at,
  zoned: true,
  duration: type.startsWith('video/') ? 2.5 : null,
  ...more,
})

const jpeg = (name = 'IMG_1.JPG', more = {}) => file(name, 'image/jpeg', more)
const raw = (name = 'IMG_1.CR2', more = {}) => file(name, 'image/x-canon-cr2', more)
const film = (name = 'IMG_1.MOV', more = {}) => file(name, 'video/quicktime', more)

test('the name that files share is theirs without ending, case, and what marks an edited copy', () => {
  const names = {
    'IMG_E1234.JPG': 'img_1234',
    'img_1234.heic': 'img_1234',
    'a-edit.jpg': 'a',
    'A_Edit-2.TIF': 'a',
  }
  for (const [name, stem] of Object.entries(names)) expect(readName(name).stem).toBe(stem)
  expect(readName('IMG_E1234.JPG').edited).toBe(true)
  expect(readName('IMG_E12345.JPG')).toEqual({ stem: 'img_e12345', edited: false })
  expect(readName('credit.jpg')).toEqual({ stem: 'credit', edited: false })
  expect(readName('-edit.jpg')).toEqual({ stem: '-edit', edited: false })
  expect(readName('cafe\u0301.jpg').stem).toBe(readName('CAFÉ.dng').stem)
})

test('a RAW and a picture of one second are one photo, of other seconds two; where a time is unknown the name decides', () => {
  expect(arePair(jpeg(), raw())).toBe(true)
  expect(arePair(jpeg(), raw('', { time: at + 1900 }))).toBe(true)
  expect(arePair(jpeg(), raw('', { time: at + 2000 }))).toBe(false)
  expect(arePair(jpeg(), raw('', { time: null }))).toBe(true)
  expect(arePair(jpeg(), raw('', { time: at - 2 * 3600_000 }))).toBe(false)
  expect(arePair(jpeg(), raw('', { time: at - 2 * 3600_000, zoned: false }))).toBe(true)
  expect(arePair(jpeg(), raw('', { time: at - 2 * 3600_000 - 60_000, zoned: false }))).toBe(false)
  expect(arePair(jpeg(), raw('', { time: at - 48 * 3600_000, zoned: false }))).toBe(false)
})

test('a film is a photo’s own where it is short', () => {
  expect(arePair(jpeg(), film('', { time: at - 2000 }))).toBe(true)
  expect(arePair(jpeg(), film('', { duration: maxFilmSeconds + 1 }))).toBe(false)
  expect(arePair(jpeg(), film('', { duration: null }))).toBe(false)
  expect(arePair(film('a.mov'), film('a.mp4'))).toBe(false)
})

test('two pictures are one photo where the formats differ and both times are known, or the name says which is edited', () => {
  const heic = file('IMG_1.HEIC', 'image/heic')
  expect(arePair(jpeg(), heic)).toBe(true)
  expect(arePair(jpeg(), { ...heic, time: null })).toBe(false)
  expect(arePair(jpeg('a.jpg'), jpeg('a.jpeg'))).toBe(false)
  expect(arePair(jpeg('IMG_1234.JPG'), jpeg('IMG_E1234.JPG', { time: null }))).toBe(true)
})

test('what shows is the edited copy, then the picture, then the RAW; or the RAW first', () => {
  const files = [film(), raw(), jpeg(), jpeg('IMG_1-edit.jpg')]
  const names = (choice: 'picture' | 'raw') => {
    const stack = stackOf(files, choice)
    return [stack?.lead.name, ...(stack?.others.map(({ name }) => name) ?? [])]
  }
  expect(names('picture')).toEqual(['IMG_1-edit.jpg', 'IMG_1.JPG', 'IMG_1.CR2', 'IMG_1.MOV'])
  expect(names('raw')).toEqual(['IMG_1.CR2', 'IMG_1-edit.jpg', 'IMG_1.JPG', 'IMG_1.MOV'])
  expect(stackOf([jpeg()], 'picture')).toBeNull()
  expect(stackOf([jpeg(), raw('', { time: at + 60_000 })], 'picture')).toBeNull()
})

test('the page about pairs has the table that decides', () => {
  const page = readFileSync(new URL('../../../docs/pairs-and-stacks.md', import.meta.url), 'utf8')
  for (const [name, { of, within, dated }] of Object.entries(pairRules)) {
    const condition = dated ? 'both known' : 'where both are known'
    expect(page).toContain(`| ${name} | ${of.join(', ')} | ${within} s | ${condition} |`)
  }
  for (const [choice, order] of Object.entries(leadOrders))
    expect(page).toContain(`| \`${choice}\` | ${order.join(', ')} |`)
  expect(page).toContain(`${maxFilmSeconds} seconds`)
})

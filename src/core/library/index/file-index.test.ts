import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeEntry, FileIndex, parseEntry, parseFailure, type Entry } from './file-index.ts'

const whole = fc.record<Required<Omit<Entry, 'away' | 'back' | 'live'>> & { live: string }>({
  photo: fc.stringMatching(/^[0-9A-Za-z]{10}$/),
  album: fc.stringMatching(/^[a-z][a-z0-9]{0,9}~[0-9A-Za-z]{8}$/),
  size: fc.nat(),
  mtime: fc.integer(),
  digest: fc.stringMatching(/^[\w-]{43}$/),
  missing: fc.boolean(),
  ctime: fc.nat(),
  ino: fc.nat(),
  reader: fc.integer({ min: 0, max: 1000 }),
  live: fc.stringMatching(/^[\w-]{22}$/),
  beside: fc.constantFrom('-', 'sa.b.c', 'sa.-b.c+oa.b.c'),
})
/** What versions before this one wrote has no reader and sidecars, and before that no ctime and inode. */
const there = fc
  .tuple(whole, fc.boolean(), fc.boolean(), fc.boolean())
  .map(([{ ctime, ino, reader, beside, live, ...rest }, isStamped, isRead, isLive]): Entry => ({
    ...rest,
    ...(isStamped ? { ctime, ino } : {}),
    ...(isRead ? { reader, beside } : {}),
    ...(isLive ? { live } : {}),
  }))

const entry = fc.oneof(
  there,
  fc.tuple(there, fc.nat()).map(([one, away]) => ({ ...one, missing: false, away })),
  fc.tuple(there, fc.nat()).map(([one, back]) => ({ ...one, missing: false, back })),
)

test('what was taken in is read again as it was written', () => {
  fc.assert(
    fc.property(entry, (one) => {
      expect(parseEntry(encodeEntry(one))).toEqual(one)
    }),
  )
})

test('what no Cimaise has written is no entry, whatever it is', () => {
  const sound = encodeEntry({
    photo: 'photo00001',
    album: 'o~Abcd1234',
    size: 1,
    mtime: 2,
    digest: 'd'.repeat(43),
    missing: false,
  })
  expect(parseEntry(sound)).not.toBe(null)
  const fields = sound.split('\t')
  for (const [i] of fields.entries()) {
    expect(parseEntry(fields.with(i, '').join('\t'))).toBe(null)
    expect(parseEntry(fields.with(i, '../*').join('\t'))).toBe(null)
  }
  fc.assert(fc.property(fc.string(), (text) => parseEntry(text) === null))
})

const at = (photo: string, digest: string): Entry => ({
  photo,
  album: 'o~Abcd1234',
  size: 1,
  mtime: 1,
  digest,
  missing: false,
})

test('a path is found by its content and its photo for as long as it has them', () => {
  const index = new FileIndex()
  index.set('/a', at('one', 'x'))
  index.set('/b', at('two', 'x'))
  expect(index.pathsOf('x')).toEqual(['/a', '/b'])
  index.set('/a', at('one', 'y'))
  expect([index.pathsOf('x'), index.pathsOf('y'), index.pathsOfPhoto('one')]).toEqual([
    ['/b'],
    ['/a'],
    ['/a'],
  ])
  index.delete('/b')
  index.delete('/b')
  expect([index.pathsOf('x'), index.pathsOfPhoto('two'), index.entries.size]).toEqual([[], [], 1])
})

test('of many files that are alike a few are looked at', () => {
  const index = new FileIndex()
  for (let n = 0; n < 1000; n++) index.set(`/${n}`, at(`photo${n}`, 'x'))
  expect(index.pathsOf('x')).toHaveLength(8)
})

const known = { size: 10, mtime: 5, reason: 'The file is empty.', decoder: 1 }
const parse = (more: object) => parseFailure(JSON.stringify({ ...known, ...more }))

test('reads a failure with the text that other languages say it by', () => {
  expect(parse({ text: { id: 'fileEmpty' } })).toEqual({ ...known, text: { id: 'fileEmpty', blanks: {} } })
})

test('reads a failure that an older version noted without a text', () => {
  expect(parse({})).toEqual(known)
})

test.each([
  ['an id that is not known', { id: 'fileFullOfBees' }],
  ['blanks that the text does not have', { id: 'fileEmpty', blanks: { code: 'x' } }],
  ['no object', 'fileEmpty'],
])('keeps the English reason alone where the text is %s', (_, text) => {
  expect(parse({ text })).toEqual(known)
})

test.each(['', '[]', '{}', 'null', '{"reason":7}'])('takes %j for no failure', (json) => {
  expect(parseFailure(json)).toBeNull()
})

test('it knows the sizes of its files, and which of them were read whole', () => {
  const index = new FileIndex()
  const entryOf = (size: number, digest: string) => ({ ...at('one', digest), size })
  index.set('/a', entryOf(10, `${'d'.repeat(42)}_`))
  expect([index.hasSize(10), index.hasWholeSize(10)]).toEqual([true, false])
  index.set('/a', entryOf(10, 'd'.repeat(43)))
  index.set('/b', entryOf(10, 'e'.repeat(43)))
  index.delete('/a')
  expect([index.hasSize(10), index.hasWholeSize(10)]).toEqual([true, true])
  index.delete('/b')
  expect([index.hasSize(10), index.hasWholeSize(10)]).toEqual([false, false])
})

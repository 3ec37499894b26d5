import { expect, test } from 'vitest'
import { isSidecar, listSidecars, noSidecars, stampOf, stampPattern, stemsFor } from './sidecars.ts'

test.each([
  ['IMG_1.xmp', true],
  ['IMG_1.jpg.XMP', true],
  ['.IMG_1.xmp', false],
  ['IMG_1.xmp_original', false],
  ['xmp', false],
])('%s is a sidecar by its name: %s', (name, expected) => {
  expect(isSidecar(name)).toBe(expected)
})

test('a photo has sidecars of both namings, its own last', () => {
  expect(stemsFor('/a.b/IMG_1.x.jpg')).toEqual(['/a.b/IMG_1.x', '/a.b/IMG_1.x.jpg'])
})

test('of two sidecars that differ in the case of their ending one is read, always the same', () => {
  for (const paths of [
    ['/a/1.XMP', '/a/1.xmp'],
    ['/a/1.xmp', '/a/1.XMP'],
  ])
    expect([...listSidecars(paths)]).toEqual([['/a/1', '/a/1.xmp']])
})

const sidecar = { path: '/a/1.xmp', size: 1000, mtime: 1_700_000_000_000, ctime: 1_700_000_000_001 }

test('the stamp tells which of the two a sidecar is, and of what size and times', () => {
  const stamp = stampOf('/a/1.jpg', [sidecar])
  const others = [
    stampOf('/a/1.jpg', []),
    stampOf('/a/1', [sidecar]),
    ...['size', 'mtime', 'ctime'].map((part) => stampOf('/a/1.jpg', [{ ...sidecar, [part]: 5 }])),
    stampOf('/a/1.jpg', [sidecar, { ...sidecar, path: '/a/1.jpg.xmp' }]),
  ]
  expect(new Set([stamp, ...others]).size).toBe(7)
  for (const one of [stamp, ...others]) expect(one).toMatch(stampPattern)
  expect(stampOf('/b/2.jpg', [{ ...sidecar, path: '/b/2.xmp' }])).toBe(stamp)
  expect(stampOf('/a/1.jpg', [])).toBe(noSidecars)
})

test.each(['', 'x', 's\t1', `s${'1'.repeat(200)}`, 's1+s2+s3', 's 1'])('%j is no stamp', (text) => {
  expect(stampPattern.test(text)).toBe(false)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTileUrl, tileUrl } from './tile-server.ts'

test.each([
  ['https://tiles.example.org/{z}/{x}/{y}.png', 'https://tiles.example.org'],
  ['https://tiles.example.org:8443/{z}/{x}/{y}@2x.webp?key=abc', 'https://tiles.example.org:8443'],
  ['https://example.org/wmts?tilematrix={z}&row={y}&col={x}', 'https://example.org'],
  ['http://localhost:8080/{z}/{x}/{y}.png', 'http://localhost:8080'],
  ['http://192.168.1.20/{z}/{x}/{y}', 'http://192.168.1.20'],
  ['http://maps.local/{z}/{x}/{y}', 'http://maps.local'],
  ['https://Tuiles.Exemple.FR/{z}/{x}/{y}', 'https://tuiles.exemple.fr'],
])('%s has tiles of %s', (template, origin) => {
  expect(readTileUrl(template)).toEqual({ origin })
})

test.each([
  ['https://tiles.example.org/{z}/{x}.png', 'blanks'],
  ['https://{s}.example.org/{z}/{x}/{y}.png', 'blanks'],
  ['https://example.org/{z}/{x}/{y}/{x}', 'blanks'],
  ['https://{z}.example.org/{x}/{y}', 'address'],
  ['https://example.org:{z}/{x}/{y}', 'address'],
  ['https://*.example.org/{z}/{x}/{y}', 'address'],
  ['https://ana:secret@example.org/{z}/{x}/{y}', 'address'],
  ['https://[::1]/{z}/{x}/{y}', 'address'],
  ["https://example.org;script-src 'unsafe-inline'/{z}/{x}/{y}", 'address'],
  ['https://example.org/{z}/{x}/{y} https://other.org', 'address'],
  ['javascript:alert(1)//{z}/{x}/{y}', 'address'],
  ['/tiles/{z}/{x}/{y}', 'address'],
  [`https://example.org/${'a'.repeat(500)}/{z}/{x}/{y}`, 'address'],
  ['http://example.org/{z}/{x}/{y}', 'http'],
  ['http://192.168.1.20.example.org/{z}/{x}/{y}', 'http'],
])('%s is none: %s', (template, fault) => {
  expect(readTileUrl(template)).toEqual({ fault })
})

test('whatever is given, an origin has nothing in it that a policy would read as more', () => {
  const part = fc.constantFrom(
    'https://',
    'http://',
    '{z}',
    '{x}',
    '{y}',
    '/',
    ';',
    ' ',
    '*',
    'a.org',
    ':',
    ',',
    "'self'",
    '@',
    '?',
    '#',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(part, fc.string({ maxLength: 4 })), { maxLength: 14 }), (parts) => {
      const read = readTileUrl(parts.join(''))
      if ('origin' in read) expect(read.origin).toMatch(/^https?:\/\/[a-z0-9.-]+(?::\d+)?$/)
    }),
  )
})

test('an address of a tile has its numbers', () => {
  expect(tileUrl('https://a.org/{z}/{x}/{y}.png', 3, 4, 5)).toBe('https://a.org/3/4/5.png')
})

import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { belowBase, readBase } from './base-path.ts'
import { readProxies } from './proxies.ts'
import { readEmbedders } from './sharing/page-headers.ts'
import { visitorOf } from './visitor.ts'

const from = (
  remoteAddress: string,
  headers: Record<string, string>,
  proxies = readProxies('127.0.0.1, 10.0.0.0/8'),
) =>
  visitorOf(
    { socket: { remoteAddress }, headers: { host: 'own.example', ...headers } } as unknown as IncomingMessage,
    {
      proxies,
      base: '/',
    },
  )

const told = {
  'x-forwarded-for': '6.6.6.6, 192.0.2.7, 10.1.1.1',
  'x-forwarded-host': 'photos.example',
  'x-forwarded-proto': 'https',
}

test('what a proxy says counts where it is listed: the nearest address that is none of a proxy, the name and TLS', () => {
  const seen = { address: '192.0.2.7', host: 'photos.example', secure: true, loopback: false }
  expect(from('127.0.0.1', told)).toMatchObject(seen)
  expect(from('::ffff:10.9.9.9', told)).toMatchObject(seen)
})

test('the same headers from any other address change nothing', () => {
  const seen = { address: '192.0.2.9', host: 'own.example', secure: false, loopback: false }
  expect(from('192.0.2.9', told)).toMatchObject(seen)
  expect(from('127.0.0.1', told, readProxies(''))).toMatchObject({
    host: 'own.example',
    secure: false,
    loopback: false,
  })
})

test('where any client is believed, the last address and TLS count, and never the name', () => {
  const seen = { address: '10.1.1.1', host: 'own.example', secure: true }
  expect(from('192.0.2.9', told, readProxies('', true))).toMatchObject(seen)
})

test('a path is read however its slashes are written, and what is no path, network or site is refused', () => {
  for (const text of ['gallery', '/gallery', '/gallery/', ' gallery/ '])
    expect(readBase(text)).toBe('/gallery/')
  expect([readBase('/'), readBase('')]).toEqual(['/', '/'])
  for (const text of ['/a/../b', '/a?b', 'a b', '//evil.example']) {
    if (text === '//evil.example') expect(readBase(text)).toBe('/evil.example/')
    else expect(() => readBase(text), text).toThrow(/path/)
  }
  expect(belowBase('/gallery/', '/gallery/rpc/x')).toBe('/rpc/x')
  expect(belowBase('/gallery/', '/galleryrpc')).toBe(null)
  for (const text of ['10.0.0.0/33', 'localhost', '10.0.0.1/8/8', '::1/129'])
    expect(() => readProxies(text), text).toThrow(/address/)
  expect(readEmbedders('https://blog.example.org/, http://localhost:3000')).toEqual([
    'https://blog.example.org',
    'http://localhost:3000',
  ])
  for (const text of ['*', 'blog.example.org', "https://x.example/a'", 'javascript:1'])
    expect(() => readEmbedders(text), text).toThrow(/site/)
})

import { expect, test } from 'vitest'
import { describeAddress, parseRedisUrl, urlWithLogin } from './address.ts'

test('one server, with login, TLS and database', () => {
  expect(parseRedisUrl('rediss://ana:s%40crt@redis.example:6380/2')).toEqual({
    kind: 'single',
    nodes: [{ host: 'redis.example', port: 6380 }],
    tls: true,
    db: 2,
    primary: '',
    username: 'ana',
    password: 's@crt',
  })
})

test('a password alone, as redis-cli takes it', () => {
  expect(parseRedisUrl('redis://:secret@localhost')).toMatchObject({ username: null, password: 'secret' })
})

test('a list of Sentinels with the name of their primary', () => {
  expect(parseRedisUrl('redis+sentinel://a,b:26380/main')).toMatchObject({
    kind: 'sentinel',
    primary: 'main',
    nodes: [
      { host: 'a', port: 26379 },
      { host: 'b', port: 26380 },
    ],
  })
})

test('a cluster over TLS, by IPv6', () => {
  expect(parseRedisUrl('rediss+cluster://[::1]:7000,h2:7001')).toMatchObject({
    kind: 'cluster',
    tls: true,
    nodes: [
      { host: '::1', port: 7000 },
      { host: 'h2', port: 7001 },
    ],
  })
})

test.each([
  'http://localhost:6379',
  'redis://',
  'redis://localhost:0',
  'redis://localhost:99999',
  'redis://a:1,b:2',
  'redis+sentinel://a:1',
  'redis://localhost/photos',
  'localhost:6379',
])('refuses %s in words that do not repeat a password', (url) => {
  expect(() => parseRedisUrl(url)).toThrow(/CIMAISE_REDIS_URL .* looks like redis:/)
  expect(() => parseRedisUrl(url.replace('://', '://u:hushhush@'))).toThrow(/^(?!.*hushhush)/)
})

test('what is shown of an address holds no login, and a URL with a login goes round', () => {
  const address = parseRedisUrl('redis://ana:hush@localhost:6379')
  expect(describeAddress(address)).toBe('localhost:6379')
  expect(parseRedisUrl(urlWithLogin(address, 'bob', 'p:/@'))).toMatchObject({
    username: 'bob',
    password: 'p:/@',
  })
})

test.each([
  ['redis+sentinel://a:26379,b:26379/main', 'main (Sentinel a:26379, b:26379)'],
  ['rediss+cluster://a:7000,b:7001', 'Cluster a:7000, b:7001 (TLS)'],
])('%s is shown by names that are the same in every language', (url, shown) => {
  expect(describeAddress(parseRedisUrl(url))).toBe(shown)
})

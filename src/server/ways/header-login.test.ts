import { expect, test } from 'vitest'
import { readProxies } from '../proxies.ts'
import { readLoginHeader } from './header-login.ts'

const listed = readProxies('10.0.0.2')

test('no header is asked for unless one is named', () => {
  expect(readLoginHeader('', readProxies(''))).toBeNull()
  expect(readLoginHeader(' Remote-User ', listed)).toBe('remote-user')
})

test('a header is refused where no proxy is listed, also where any client is believed', () => {
  expect(() => readLoginHeader('Remote-User', readProxies(''))).toThrow(/needs --trusted-proxies/)
  expect(() => readLoginHeader('Remote-User', readProxies('', true))).toThrow(/needs --trusted-proxies/)
})

test.each([
  'Cookie',
  'Host',
  'authorization',
  'X-Forwarded-For',
  'Sec-Fetch-Site',
  'Remote User',
  'If-Match',
  '*',
])('the header %s is refused', (name) => {
  expect(() => readLoginHeader(name, listed)).toThrow(/cannot be the header/)
})

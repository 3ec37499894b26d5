import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { Attempts } from './attempts.ts'
import { KnownAddresses } from './known-addresses.ts'
import { networkOf, type Visitor } from './visitor.ts'
import { temporaryFolder } from '../../test/support/temporary.ts'

const stored = (home: string) =>
  (JSON.parse(readFileSync(join(home, 'known-addresses.json'), 'utf8')) as { known: unknown[] }).known

const from = (address: string): Visitor => ({
  address,
  network: networkOf(address),
  loopback: false,
  host: '',
  secure: false,
})
const here: Visitor = { address: '127.0.0.1', network: 'loopback', loopback: true, host: '', secure: false }

/** Wrong passwords for an account: how many were let pass. */
const guess = async (attempts: Attempts, account: string, visitor: Visitor, times: number) => {
  let passed = 0
  for (let n = 0; n < times; n++) if ((await attempts.begin(account, visitor)) === 0) passed++
  return passed
}

const logIn = async (attempts: Attempts, account: string, visitor: Visitor) => {
  if ((await attempts.begin(account, visitor)) > 0) return false
  await attempts.succeed(account, visitor)
  return true
}

/** Strangers' guesses from so many addresses: as many as an account lets pass from them all together. */
const attack = async (attempts: Attempts, account: string) => {
  let passed = 0
  for (let n = 0; n < 40; n++) passed += await guess(attempts, account, from(`198.51.100.${n}`), 20)
  return passed
}

test('strangers who guess lock an account out for strangers, not where it logged in before nor on this computer', async () => {
  const attempts = new Attempts(new KnownAddresses(temporaryFolder()))
  expect(await logIn(attempts, 'ana', from('192.0.2.1'))).toBe(true)
  expect(await attack(attempts, 'ana')).toBe(100)
  expect(await logIn(attempts, 'ana', from('203.0.113.9'))).toBe(false)
  expect(await logIn(attempts, 'ana', from('192.0.2.1'))).toBe(true)
  expect(await logIn(attempts, 'ana', here)).toBe(true)
  // Another's address is no friend of hers.
  expect(await logIn(attempts, 'bob', from('203.0.113.10'))).toBe(true)
  expect(await logIn(attempts, 'ana', from('203.0.113.10'))).toBe(false)
})

test('guessing is slow everywhere: from known addresses, from this computer, and for many names', async () => {
  const attempts = new Attempts(new KnownAddresses(temporaryFolder()))
  await logIn(attempts, 'ana', from('192.0.2.1'))
  expect(await guess(attempts, 'ana', from('192.0.2.1'), 50)).toBe(10)
  expect(await guess(attempts, 'ana', here, 50)).toBe(10)
  let passed = 0
  for (let n = 0; n < 50; n++) passed += await guess(attempts, `name${n}`, from('203.0.113.1'), 1)
  expect(passed).toBe(30)
})

test('guesses of other names at an address do not lock out accounts that logged in from there before', async () => {
  const attempts = new Attempts(new KnownAddresses(temporaryFolder()))
  await logIn(attempts, 'ana', from('192.0.2.1'))
  for (let n = 0; n < 50; n++) await guess(attempts, `name${n}`, from('192.0.2.1'), 1)
  expect(await logIn(attempts, 'bob', from('192.0.2.1'))).toBe(false)
  expect(await logIn(attempts, 'ana', from('192.0.2.1'))).toBe(true)
})

test('an IPv6 household is one address, in whatever way it is written', () => {
  const one = '2001:db8:0:12::/64'
  for (const address of ['2001:db8:0:12::1', '2001:0DB8::12:a:b:c:d', '2001:db8:0:12:ffff::1%eth0'])
    expect(networkOf(address)).toBe(one)
  expect(networkOf('2001:db8:0:13::1')).not.toBe(one)
  expect(networkOf('::ffff:192.0.2.1')).toBe('192.0.2.1')
  expect(networkOf('64:ff9b::192.0.2.1')).toBe('64:ff9b:0:0::/64')
})

test('known addresses outlive a restart, in a file of digests that others may not read, and failed logins add none', async () => {
  const home = temporaryFolder()
  const attempts = new Attempts(new KnownAddresses(home))
  await logIn(attempts, 'ana', from('192.0.2.1'))
  await attack(attempts, 'ana')
  await attempts.takeBack('ana', from('203.0.113.5'))
  const file = join(home, 'known-addresses.json')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const text = readFileSync(file, 'utf8')
  expect(text).not.toContain('192.0.2')
  expect(stored(home)).toHaveLength(1)
  const again = new KnownAddresses(home)
  expect(again.has('ana', '192.0.2.1')).toBe(true)
  expect(again.has('bob', '192.0.2.1')).toBe(false)
  expect(again.has('ana', '203.0.113.5')).toBe(false)
})

test('an account that logs in from everywhere takes no room from others, and the file stays small', () => {
  const home = temporaryFolder()
  const known = new KnownAddresses(home)
  known.remember('ana', '192.0.2.1')
  for (let n = 0; n < 200; n++) known.remember('bob', `198.51.100.${n}`)
  expect([known.has('ana', '192.0.2.1'), known.has('bob', '198.51.100.199')]).toEqual([true, true])
  expect(known.has('bob', '198.51.100.0')).toBe(false)
  expect(stored(home)).toHaveLength(21)
})

test('whatever stands in the file of known addresses, the server goes on without it', () => {
  const salt = 'a'.repeat(32)
  const day = Math.floor(Date.now() / 86_400_000)
  const contents = [
    '',
    '{',
    'null',
    '[]',
    '\u0000'.repeat(1000),
    '{"__proto__":{"salt":1}}',
    `{"salt":"${salt}","known":[["../x","${salt}",1]]}`,
    `{"salt":"${salt}","known":[["ana","${salt}",-1]]}`,
    `{"salt":"${salt}","known":${'['.repeat(100_000)}`,
    JSON.stringify({ salt, known: Array.from({ length: 6000 }, () => ['ana', salt, day]) }),
    'x'.repeat(5_000_000),
  ]
  for (const content of contents) {
    const home = temporaryFolder()
    writeFileSync(join(home, 'known-addresses.json'), content)
    const known = new KnownAddresses(home)
    expect(known.has('ana', '192.0.2.1')).toBe(false)
    known.remember('ana', '192.0.2.1')
    expect(new KnownAddresses(home).has('ana', '192.0.2.1')).toBe(true)
    expect(stored(home)).toHaveLength(1)
  }
  const waiting = temporaryFolder()
  execFileSync('mkfifo', [join(waiting, 'known-addresses.json')])
  expect(new KnownAddresses(waiting).has('ana', '192.0.2.1')).toBe(false)
  const blocked = temporaryFolder()
  mkdirSync(join(blocked, 'known-addresses.json'))
  const known = new KnownAddresses(blocked)
  known.remember('ana', '192.0.2.1')
  expect(known.has('ana', '192.0.2.1')).toBe(true)
})

import { spawn } from 'node:child_process'
import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { followEvents } from '../../../src/core/events/follow-events.ts'
import { newKey } from '../../../src/core/redis/server/secrets.ts'
import type { Gallery } from '../../../src/core/gallery/gallery.ts'
import { deleteAccount, editAccount, setPassword } from '../../../src/core/access/accounts.ts'
import { changeOwnPassword, signOutElsewhere } from '../../../src/core/access/own-account.ts'
import { keepPeople } from '../../../src/core/access/requests.ts'
import {
  connectionName,
  endConnections,
  endSession,
  listSessions,
} from '../../../src/core/access/sessions.ts'
import { parseRedisUrl } from '../../../src/core/redis/address.ts'
import { ownClientIds, readClients } from '../../../src/core/redis/clients.ts'
import { connect } from '../../../src/core/redis/connect.ts'
import { duplicate } from '../../../src/core/redis/create-connection.ts'
import { galleryKeys } from '../../../src/core/redis/keys.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { startGallery } from '../../support/gallery.ts'
import { albumWithPhotos } from '../../support/organise.ts'
import { addAccount, grant, plainClient } from '../../support/accounts.ts'
import { startRedis } from '../../support/redis/redis.ts'

const setUp = async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const { album } = await albumWithPhotos(owner, 'Corsica', 1)
  const ana = await addAccount(gallery, owner, 'ana')
  const leave = keepPeople(owner)
  onTestFinished(leave)
  return { gallery, owner, album, ana }
}

/** The ids of an account's connections, as Redis says. */
const idsOf = async (owner: Session, name: string) =>
  (await readClients(owner.redis)).filter(({ user }) => user === name).map(({ id }) => id)

const nameClient = (client: Redis, name: string) => client.call('CLIENT', 'SETNAME', name)

/** Connections of ana's that are no window's: named and not, within a transaction, waiting, and redis-cli itself. */
const openOthers = async (gallery: Gallery, owner: Session, ana: { session: Session; key: string }) => {
  const { session, key } = ana
  const raw = () => plainClient(gallery, 'ana', key)
  await raw()
  await nameClient(await raw(), 'cimaise:browser:host')
  await nameClient(await raw(), connectionName({ shell: 'browser', host: 'host', id: session.id }))
  await (await raw()).call('MULTI')
  const events = owner.keys.accountEvents('ana')
  ;(await raw()).call('XREAD', 'BLOCK', 0, 'STREAMS', events, '$').catch(() => undefined)
  const { port } = new URL(gallery.redisUrl())
  const arguments_ = ['-p', port, '--user', 'ana', '--pass', key, '--no-auth-warning', '-3']
  const child = spawn('redis-cli', [...arguments_, 'XREAD', 'BLOCK', '0', 'STREAMS', events, '$'])
  onTestFinished(() => void child.kill())
  const other = await gallery.login('ana', key)
  await expect.poll(async () => (await idsOf(owner, 'ana')).length).toBe(9)
  await expect
    .poll(async () => (await owner.redis.call('CLIENT', 'LIST')) as string)
    .toMatch(/(flags=b.*user=ana[^]*){2}/)
  return other
}

test.each([
  ['a sign-out everywhere', (ana: Session) => signOutElsewhere(ana)],
  ['a new password', (ana: Session) => changeOwnPassword(ana, newKey())],
])('%s ends every other connection of the account, and the window that asked goes on', async (_, act) => {
  const { gallery, owner, album, ana } = await setUp()
  const stop = new AbortController()
  const events = followEvents(ana.session, stop.signal)
  expect((await events.next()).value).toEqual({ kind: 'resync' })
  const coming = events.next()
  await expect.poll(() => ownClientIds(ana.session.redis)).toHaveLength(2)
  const own = ownClientIds(ana.session.redis)
  const other = await openOthers(gallery, owner, ana)
  const before = await idsOf(owner, 'ana')
  expect(await act(ana.session)).toBe('changed')
  const after = await idsOf(owner, 'ana')
  expect(before.filter((id) => after.includes(id)).toSorted()).toEqual(own.toSorted())
  await expect.poll(() => other.ended.aborted).toBe(true)
  // The same read that waited before hears what comes next.
  await grant(owner, 'ana', { [album]: 'read' })
  for (let heard = await coming; (heard.value as { kind?: string } | undefined)?.kind !== 'resync';)
    heard = await events.next()
  // What called itself by its session's name has not had it marked as signed out, and it knows its new password.
  for (const id of own) await owner.redis.call('CLIENT', 'KILL', 'ID', id)
  await ana.session.settled()
  await expect.poll(() => ownClientIds(ana.session.redis)).not.toEqual(own)
  expect(await ana.session.redis.hget(owner.keys.account('ana'), 'role')).toBe('member')
  expect(ana.session.ended.aborted).toBe(false)
  stop.abort()
  await events.return(undefined)
})

test.each([
  ['a new password from an administrator', (owner: Session) => setPassword(owner, 'ana', newKey())],
  ['disabling', (owner: Session) => editAccount(owner, { name: 'ana', disabled: true })],
  ['deleting', (owner: Session) => deleteAccount(owner, 'ana')],
])('%s ends every connection of an account, and no other’s', async (_, act) => {
  const { gallery, owner, ana } = await setUp()
  const { session: bob } = await addAccount(gallery, owner, 'bob')
  const stop = new AbortController()
  const events = followEvents(ana.session, stop.signal)
  await events.next()
  events.next().catch(() => undefined) // it ends with its connection
  await expect.poll(() => ownClientIds(ana.session.redis)).toHaveLength(2)
  await openOthers(gallery, owner, ana)
  const bobs = await idsOf(owner, 'bob')
  await act(owner)
  await expect.poll(() => idsOf(owner, 'ana')).toEqual([])
  await expect.poll(() => ana.session.ended.aborted).toBe(true)
  expect(await idsOf(owner, 'bob')).toEqual(bobs)
  expect(bob.ended.aborted).toBe(false)
  stop.abort()
})

test('a request spares only connections of the account that asks, and none that came later', async () => {
  const { gallery, owner, ana } = await setUp()
  const bob = await addAccount(gallery, owner, 'bob')
  const bobs = await idsOf(owner, 'bob')
  const thief = await plainClient(gallery, 'ana', ana.key)
  const anas = await idsOf(owner, 'ana')
  const ask = (clients: string[], id = '*') =>
    thief.xadd(
      owner.keys.requests('ana'),
      id,
      'what',
      'sign-out',
      'session',
      'Abcd1234',
      'clients',
      clients.join(' '),
    )
  await ask([...bobs, ...(await idsOf(owner, 'owner'))])
  await expect.poll(async () => (await idsOf(owner, 'ana')).some((id) => anas.includes(id))).toBe(false)
  expect(await idsOf(owner, 'bob')).toEqual(bobs)
  expect(bob.session.ended.aborted).toBe(false)
  // A number from before Redis had started anew belongs to another client now.
  await expect.poll(() => ana.session.ended.aborted).toBe(true)
  await expect.poll(async () => (await idsOf(owner, 'ana')).length).toBe(1)
  const later = await idsOf(owner, 'ana')
  await ask(later, '1-1').catch(() => thief.del(owner.keys.requests('ana')).then(() => ask(later, '1-1')))
  await expect.poll(async () => (await idsOf(owner, 'ana')).some((id) => later.includes(id))).toBe(false)
})

test('other programs stand in the list of sessions, whatever they call themselves, and can be ended there', async () => {
  const { gallery, owner, ana } = await setUp()
  const raw = await plainClient(gallery, 'ana', ana.key)
  const hostile = await plainClient(gallery, 'ana', ana.key)
  const name = `cimaise:browser:host:Abcd1234:%E2%80%AE%07${'x'.repeat(3000)}`
  await nameClient(hostile, name)
  const listed = async () =>
    (await listSessions(owner))
      .filter(({ account }) => account === 'ana')
      .map(({ id, shell, host }) => ({ id, shell, host }))
  const sessions = await listed()
  expect(sessions).toHaveLength(3)
  expect(sessions).toContainEqual({ id: '@127.0.0.1', shell: 'other', host: '127.0.0.1' })
  expect(sessions.find(({ id }) => id === 'Abcd1234')?.host).toMatch(/^x{70,80}$/)
  const ids = await idsOf(owner, 'ana')
  const closed = new Promise((resolve) => raw.once('close', resolve))
  await endSession(owner, 'ana', '@127.0.0.1')
  await closed
  raw.disconnect()
  expect((await idsOf(owner, 'ana')).filter((id) => ids.includes(id))).toHaveLength(2)
  expect(ana.session.ended.aborted).toBe(false)
  // A client that calls itself by the name of the administrator's own session is not taken for it.
  const eve = await addAccount(gallery, owner, 'eve', { role: 'administrator' })
  const twin = await plainClient(gallery, 'eve', eve.key)
  await nameClient(twin, connectionName({ shell: 'cli', host: 'host', id: eve.session.id }))
  const eves = (await listSessions(eve.session)).filter(({ account }) => account === 'eve')
  expect(eves.map(({ shell, own }) => `${shell} ${String(own)}`).toSorted()).toEqual([
    'cli true',
    'other false',
  ])
})

/** Two servers that are one cluster, with the Redis user ana on each. */
const startCluster = async () => {
  const nodes = [await startRedis('--cluster-enabled', 'yes'), await startRedis('--cluster-enabled', 'yes')]
  const clients = nodes.map(({ port }) => new Redis(port, { enableReadyCheck: false }))
  const ranges = [
    ['0', '8000'],
    ['8001', '16383'],
  ]
  for (const [i, client] of clients.entries()) {
    await client.call('CLUSTER', 'ADDSLOTSRANGE', ...(ranges[i] ?? []))
    await client.call('CLUSTER', 'MEET', '127.0.0.1', String(nodes[0]?.port))
    await client.call('ACL', 'SETUSER', 'ana', 'on', '>x', '~*', '+@all')
  }
  for (const client of clients)
    await expect
      .poll(() => client.call('CLUSTER', 'INFO'))
      .toMatch(/cluster_state:ok[^]*cluster_known_nodes:2/)
  for (const client of clients) client.disconnect()
  const ports = nodes.map(({ port }) => port)
  return {
    ports,
    address: parseRedisUrl(`redis+cluster://${ports.map((port) => `127.0.0.1:${port}`).join()}`),
  }
}

test('on a cluster connections end on each of its servers, and those that are spared are told apart by server', async () => {
  const { ports, address } = await startCluster()
  const root = await connect(address, { username: 'default', password: '' })
  const ana = await connect(address, { username: 'ana', password: 'x' })
  const copy = duplicate(ana)
  // Keys of every slot: both servers are spoken to.
  for (const key of 'abcdefghij') for (const one of [root, ana, copy]) await one.get(key)
  const others = ports.map(
    (port) => new Redis(port, { username: 'ana', password: 'x', enableReadyCheck: false, lazyConnect: true }),
  )
  for (const other of others) {
    other.on('error', () => undefined)
    await other.connect()
  }
  const ids = async () => (await readClients(root)).filter(({ user }) => user === 'ana').map(({ id }) => id)
  const [own, before] = [ownClientIds(ana), await ids()]
  expect([own.length, before.length]).toEqual([4, 6])
  const adminSession = { redis: root, keys: galleryKeys() } as Session
  await endConnections(adminSession, 'ana', { session: 'Abcd1234', clients: own })
  const after = await ids()
  expect(before.filter((id) => after.includes(id)).toSorted()).toEqual(own.toSorted())
  for (const one of [root, ana, copy, ...others]) one.disconnect()
})

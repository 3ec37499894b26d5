import type { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { countComments, hideComment, listComments, writeComment } from '../../src/core/comments/comments.ts'
import { publish } from '../../src/core/access/grants.ts'
import type { Session } from '../../src/core/gallery/session.ts'
import { addAccount, grant, plainClient } from '../support/accounts.ts'
import { startGallery } from '../support/gallery.ts'
import { addLink } from '../support/links.ts'
import { albumWithPhotos } from '../support/organise.ts'

/** Ana, Mal and Eve may comment, modify and read one album; each has a plain connection, as redis-cli has it. */
const setUp = async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const { album, photos } = await albumWithPhotos(owner, 'Shown', 3)
  const { album: hidden, photos: others } = await albumWithPhotos(owner, 'Hidden', 1)
  const member = async (name: string, right: 'read' | 'comment' | 'modify') => {
    const { session, key } = await addAccount(gallery, owner, name)
    await grant(owner, name, { [album]: right })
    return { session, client: await plainClient(gallery, name, key) }
  }
  const ana = await member('ana', 'comment')
  const mal = await member('mal', 'modify')
  const bob = await member('bob', 'comment')
  const eve = await member('eve', 'read')
  const photo = photos[0] ?? ''
  const say = (session: Session, text: string) => writeComment(session, { album, photo, text, spot: null })
  await say(ana.session, 'What Ana said')
  await writeComment(owner, { album: hidden, photo: others[0] ?? '', text: 'Kept', spot: null })
  return { gallery, owner, ana, mal, bob, eve, album, hidden, photo, say }
}

/** Every way by which a key could be given other words, or be taken away. */
const attempts = (key: string, own: string): [string, ...(string | number)[]][] => [
  ['HSET', key, '1', '\t1\t\t\tForged'],
  ['HSETNX', key, '9', '\t1\t\t\tForged'],
  ['HDEL', key, '1'],
  ['DEL', key],
  ['RENAME', own, key],
  ['RENAME', key, own],
  ['SADD', key, 'x'],
  ['XADD', key, '*', 'a', 'b'],
]

const refused = async (client: Redis, key: string, own: string) => {
  for (const [command, ...args] of attempts(key, own))
    await expect(client.call(command, ...args), `${command} ${key}`).rejects.toThrow(/NOPERM/)
}

test('no member changes what another said or writes in another’s name, by any command, though it may modify the album', async () => {
  const { owner, ana, mal, bob, eve, album, photo, say } = await setUp()
  const { keys } = owner
  for (const { session, client } of [mal, bob, eve]) {
    const own = keys.comments(album, session.account)
    for (const other of ['ana', 'owner', 'nobody', 'ana:Former0001']) {
      await refused(client, keys.comments(album, other), own)
    }
    await expect(client.hset(keys.commenters(album), 'nobody', 'Nobody')).rejects.toThrow(/NOPERM/)
    await expect(client.hdel(keys.commenters(album), 'ana')).rejects.toThrow(/NOPERM/)
  }
  // A function called by hand with another's key is refused before it begins.
  await say(bob.session, 'Bob')
  expect(await listComments(ana.session, album, photo)).toMatchObject([
    { writer: 'ana', text: 'What Ana said', own: true },
    { writer: 'bob', text: 'Bob', own: false },
  ])
})

test('an account that may only read writes nothing at all, and one that may comment modifies nothing else', async () => {
  const { owner, bob, eve, album, photo } = await setUp()
  const { keys } = owner
  await refused(eve.client, keys.comments(album, 'eve'), keys.comments(album, 'eve'))
  for (const { client } of [bob, eve]) {
    await expect(client.hset(keys.photo(album, photo), 'title', 'x')).rejects.toThrow(/NOPERM/)
    await expect(client.hset(keys.hiddenComments(album), 'ana/1', 'x')).rejects.toThrow(/NOPERM/)
    await expect(client.xadd(keys.albumEvents(album), '*', 'what', 'edited')).rejects.toThrow(/NOPERM/)
  }
})

test('comments of an album are read by accounts that may read it, and by no guest, link or other account', async () => {
  const { gallery, owner, ana, eve, album, hidden, photo } = await setUp()
  const { keys } = owner
  expect(await listComments(eve.session, album, photo)).toHaveLength(1)
  await expect(listComments(ana.session, hidden, null)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(ana.client.hgetall(keys.comments(hidden, 'owner'))).rejects.toThrow(/NOPERM/)
  await expect(ana.client.hgetall(keys.commenters(hidden))).rejects.toThrow(/NOPERM/)
  await expect(ana.client.xrange(keys.talkEvents(hidden), '-', '+')).rejects.toThrow(/NOPERM/)
  await expect(ana.client.hset(keys.comments(hidden, 'ana'), 'last', '1')).rejects.toThrow(/NOPERM/)
  await publish(owner, album, true)
  const guest = await gallery.guest()
  await expect(listComments(guest, album, photo)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(guest.redis.hgetall(keys.comments(album, 'ana'))).rejects.toThrow(/NOPERM/)
})

test('whatever an account writes by hand among its own comments, others read theirs, and it stays within bounds', async () => {
  const { owner, ana, bob, mal, eve, album, photo, say } = await setUp()
  const { keys } = owner
  const own = keys.comments(album, 'bob')
  const spoilings: [string, () => Promise<unknown>][] = [
    ['another type', () => bob.client.sadd(own, 'x')],
    ['numbers without end', () => bob.client.hset(own, 'last', '9'.repeat(300))],
    ['a number that is none', () => bob.client.hset(own, 'last', 'nan', '1', 'x')],
    [
      'no comment',
      () => bob.client.hset(own, 'last', '3', '1', 'x', '2', `${photo}\t`, '3', `${photo}\t\t\t\t`),
    ],
    [
      'a comment without end',
      () => bob.client.hset(own, 'last', '1', '1', `${photo}\t1\t\t\t${'x'.repeat(1e6)}`),
    ],
    [
      'characters that are not seen, and another writer',
      () =>
        bob.client.hset(
          own,
          'last',
          '1',
          '1',
          `${photo}\t1e99\t-5\t7 nan\tana\u0000\u001b[31m\t${'y'.repeat(2500)}`,
        ),
    ],
    [
      'notices that are none',
      () =>
        bob.client.del(keys.talkEvents(album)).then(() => bob.client.hset(keys.talkEvents(album), 'a', 'b')),
    ],
  ]
  for (const [what, spoil] of spoilings) {
    await bob.client.del(own)
    await spoil()
    const found = await listComments(eve.session, album, photo)
    expect(
      found.filter(({ writer }) => writer === 'ana').map(({ text }) => text),
      what,
    ).toContain('What Ana said')
    for (const { text, writer, at } of found) {
      expect(text.length, what).toBeLessThanOrEqual(2000)
      expect(text, what).not.toMatch(/[^\P{Cc}\n\t]/u)
      expect(['ana', 'bob'], what).toContain(writer)
      expect(Number.isNaN(Date.parse(at)), what).toBe(false)
    }
    expect((await countComments(eve.session, album)).length, what).toBeGreaterThan(0)
    await say(ana.session, what)
  }
  // Hiding by hand is what an account may do that may modify the album; by any other shape of that key nothing is hidden.
  await mal.client.sadd(keys.hiddenComments(album), 'x')
  expect((await listComments(eve.session, album, photo)).map(({ text }) => text)).toContain('What Ana said')
  await hideComment(mal.session, { album, writer: 'ana', number: 1, hidden: true })
  expect((await listComments(eve.session, album, photo)).map(({ text }) => text)).not.toContain(
    'What Ana said',
  )
})

test('a link writes under its own name alone, passes for no account, and reads nothing that others said', async () => {
  const { gallery, owner, ana, album, hidden, photo } = await setUp()
  const { keys } = owner
  const answers = { comments: true, selection: 0, closed: false }
  const link = await addLink(gallery, owner, album, { label: 'Family', answers })
  const silent = await addLink(gallery, owner, album)
  const client = await plainClient(gallery, link.name, link.key)
  const mute = await plainClient(gallery, silent.name, silent.key)
  const own = keys.comments(album, link.name)
  for (const other of ['ana', 'owner', silent.name]) {
    await refused(client, keys.comments(album, other), own)
    await expect(client.hgetall(keys.comments(album, other))).rejects.toThrow(/NOPERM/)
  }
  for (const key of [keys.commenters(album), keys.hiddenComments(album), keys.comments(hidden, link.name)]) {
    await refused(client, key, own)
    await expect(client.hgetall(key)).rejects.toThrow(/NOPERM/)
  }
  await expect(client.xrange(keys.talkEvents(album), '-', '+')).rejects.toThrow(/NOPERM/)
  await refused(mute, keys.comments(album, silent.name), own)
  // Whatever it writes by hand, it is a visitor's, with a name of bounded length, and there is an end to it.
  await client.hset(own, 'last', '1', '1', `${photo}\t1\t\t\tAna Costa\u001b\tI am Ana`)
  const [first] = (await listComments(ana.session, album, photo)).filter(({ writer }) => writer === link.name)
  expect(first).toMatchObject({ visitor: 'Family', own: false, text: 'I am Ana', name: 'Ana Costa\u{FFFD}' })
  const many = Array.from({ length: 600 }, (_, n) => [
    `${n + 1}`,
    `${photo}\t1\t\t\t${'x'.repeat(100)}\tx`,
  ]).flat()
  await client.hset(own, 'last', '600', ...many)
  const read = (await listComments(ana.session, album, photo)).filter(({ writer }) => writer === link.name)
  expect(read).toHaveLength(500)
  expect(read[0]?.name.length).toBeLessThanOrEqual(60)
})

import { expect, test } from 'vitest'
import { listAlbums } from '../../src/core/albums/albums.ts'
import { createAlbum } from '../../src/core/albums/create-album.ts'
import { publish } from '../../src/core/access/grants.ts'
import { startGallery } from '../support/gallery.ts'
import { albumWithPhotos, change } from '../support/organise.ts'
import { addAccount, grant, plainClient } from '../support/accounts.ts'
import { buildMemberGallery } from './gallery-with-members.ts'

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'.split('')

/** A gallery with seven albums whose ids differ in their last letters alone, and a member with rights on some of them. */
const buildFamily = async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const made = []
  for (const title of ['A', 'B', 'C', 'D', 'E', 'F', 'G']) made.push(await albumWithPhotos(owner, title, 3))
  const albums = made.map(({ album }) => album)
  const [a = '', b = '', read = '', said = '', shown = '', none = '', other = ''] = albums
  const { session: ana, key } = await addAccount(gallery, owner, 'ana')
  await grant(owner, 'ana', { [a]: 'modify', [b]: 'modify', [read]: 'read', [said]: 'comment' })
  await publish(owner, shown, true)
  const client = await plainClient(gallery, 'ana', key)
  const stem = a.slice(0, -1)
  return { gallery, owner, ana, client, stem, made, albums, a, b, read, said, shown, none, other }
}
type Family = Awaited<ReturnType<typeof buildFamily>>

/** The albums of the family, of all that there could be, that Redis would let an account use a command on. */
const allowed = async ({ owner, stem }: Family, account: string, command: (album: string) => string[]) => {
  const found: string[] = []
  for (const row of letters)
    for (const letter of letters) {
      const answer = await owner.redis.call(
        'ACL',
        'DRYRUN',
        account,
        ...command(stem.slice(0, -1) + row + letter),
      )
      if (answer === 'OK') found.push(stem.slice(0, -1) + row + letter)
    }
  return found
}

test('albums that are made one after the other are one family, and share one pattern of a right', async () => {
  const { owner, albums, stem } = await buildFamily()
  expect(new Set(albums).size).toBe(7)
  for (const album of albums) expect(album.slice(0, -1)).toBe(stem)
  const user = (await owner.redis.call('ACL', 'GETUSER', 'ana')) as unknown[]
  const rules = String(user[user.indexOf('keys') + 1]).split(' ')
  expect(rules.filter((rule) => rule.includes(':album:'))).toHaveLength(2)
})

test('of a family an account may do with each album what it was given there, and nothing with those that nobody has made', async () => {
  const family = await buildFamily()
  const { owner, a, b, read, said, shown } = family
  const { keys } = owner
  const sorted = (...all: string[]) => all.toSorted()
  const may = async (account: string, command: (album: string) => string[]) =>
    sorted(...(await allowed(family, account, command)))
  const all = sorted(a, b, read, said, shown)
  expect(await may('ana', (album) => ['HGET', keys.albumInfo(album), 'title'])).toEqual(all)
  expect(await may('ana', (album) => ['HSET', keys.albumInfo(album), 'title', 'x'])).toEqual(sorted(a, b))
  expect(await may('ana', (album) => ['RENAME', keys.photo(a, 'x'), keys.photo(album, 'x')])).toEqual(
    sorted(a, b),
  )
  expect(await may('ana', (album) => ['RENAME', keys.photo(album, 'x'), keys.photo(b, 'x')])).toEqual(
    sorted(a, b),
  )
  expect(await may('ana', (album) => ['HGETALL', keys.comments(album, 'bob')])).toEqual(all)
  expect(await may('ana', (album) => ['HSET', keys.comments(album, 'ana'), '1', 'x'])).toEqual(
    sorted(a, b, said),
  )
  expect(await may('ana', (album) => ['HSET', keys.comments(album, 'bob'), '1', 'x'])).toEqual([])
  const copy = (album: string) => `${keys.albumKeys(album)}:shown:guest:info`
  expect(await may('guest', (album) => ['HGET', copy(album), 'title'])).toEqual([shown])
  expect(await may('guest', (album) => ['HGET', keys.albumInfo(album), 'title'])).toEqual([])
})

test('with its own login in redis-cli an account reaches no relative of its albums, whatever it names', async () => {
  const { owner, client, stem, a, b, read, none, other, made } = await buildFamily()
  const { keys } = owner
  const photo = made[0]?.photos[0] ?? ''
  expect(await client.hget(keys.albumInfo(a), 'title')).toBe('A')
  expect(await client.rename(keys.photo(a, photo), keys.photo(b, photo))).toBe('OK')
  expect(await client.rename(keys.photo(b, photo), keys.photo(a, photo))).toBe('OK')
  const both = `${stem}[${[a, b].map((id) => id.slice(-1)).join('')}]`
  for (const album of [
    none,
    other,
    stem,
    `${a}${b.slice(-1)}`,
    both,
    `${stem}*`,
    `${stem}?`,
    `${a.slice(0, -2)}xx`,
  ]) {
    await expect(client.hgetall(keys.albumInfo(album))).rejects.toThrow(/NOPERM/)
    await expect(client.rename(keys.photo(a, photo), keys.photo(album, photo))).rejects.toThrow(/NOPERM/)
    await expect(client.hset(keys.albumInfo(album), 'title', 'x')).rejects.toThrow(/NOPERM/)
  }
  await expect(client.rename(keys.photo(a, photo), keys.photo(read, photo))).rejects.toThrow(/NOPERM/)
  await expect(client.hgetall(keys.albumFamily('owner~'))).rejects.toThrow(/NOPERM/)
  await expect(client.hset(keys.albumFamily('owner~'), 'given', '0')).rejects.toThrow(/NOPERM/)
  expect(await owner.redis.exists(keys.photo(a, photo))).toBe(1)
})

test('a function moves photos within what an account may modify of a family, and moves none beyond', async () => {
  const { ana, a, b, read, none, made } = await buildFamily()
  const photos = made[0]?.photos ?? []
  expect(await change(ana, [{ kind: 'move', from: a, to: b, photos }])).toMatchObject({ changed: 3 })
  for (const to of [read, none])
    await expect(change(ana, [{ kind: 'move', from: b, to, photos }])).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  expect(await change(ana, [{ kind: 'move', from: b, to: a, photos }])).toMatchObject({ changed: 3 })
})

test('a right that is taken is gone on open connections, its relatives stay, and a new relative is nobody’s', async () => {
  const { owner, client, stem, a, b } = await buildFamily()
  const { keys } = owner
  await grant(owner, 'ana', { [a]: 'none' })
  await expect(client.hgetall(keys.albumInfo(a))).rejects.toThrow(/NOPERM/)
  expect(await client.hget(keys.albumInfo(b), 'title')).toBe('B')
  const { id } = await createAlbum(owner, { title: 'New' })
  expect(id.slice(0, -1)).toBe(stem)
  await expect(client.hgetall(keys.albumInfo(id))).rejects.toThrow(/NOPERM/)
})

test('no id is given twice: not after an album was deleted, and not after the last letters', async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const family = owner.keys.albumFamily('owner~')
  const ids: string[] = []
  for (let n = 0; n < 70; n++) {
    const { id } = await createAlbum(owner, { title: `Album ${n}` })
    ids.push(id)
    if (n % 2 === 0) await change(owner, [{ kind: 'delete-album', album: id }])
  }
  expect(new Set(ids.map((id) => id.slice(0, -1))).size).toBe(2)
  expect(new Set(ids.map((id) => id.slice(0, -2))).size).toBe(1)
  await owner.redis.hset(family, 'given', 3598)
  for (let n = 0; n < 4; n++) ids.push((await createAlbum(owner, { title: `Last ${n}` })).id)
  expect(new Set(ids.map((id) => id.slice(0, -2))).size).toBe(2)
  // Many at once have an id each.
  const made = await Promise.all(
    Array.from({ length: 20 }, (_, n) => createAlbum(owner, { title: `At once ${n}` })),
  )
  expect(new Set([...ids, ...made.map(({ id }) => id)]).size).toBe(94)
})

test('an account that spoils what its next ids are made of spoils nothing else, and makes albums as before', async () => {
  const { client, mal, owner, ownIdPrefix } = await buildMemberGallery()
  const family = mal.keys.albumFamily(ownIdPrefix)
  const order = letters.slice(0, 60).join('')
  const spoilings: (() => Promise<unknown>)[] = [
    () => client.sadd(family, 'x'),
    () => client.hset(family, { stem: '*', order, given: 0 }),
    () => client.hset(family, { stem: 'Abcd12', order: '*'.repeat(60), given: 0 }),
    () => client.hset(family, { stem: 'Abcd12', order: '', given: 0 }),
    () => client.hset(family, { stem: 'Abcd12', order: 'x'.repeat(100_000), given: 0 }),
    () => client.hset(family, { stem: 'x'.repeat(100_000), order, given: 0 }),
    ...['', '-1', '0.5', '3600', '1e400', '-inf', 'nan', 'x'].map(
      (given) => () => client.hset(family, { stem: 'Abcd12', order, given }),
    ),
    () => client.hset(family, { order, given: 0 }),
  ]
  for (const [n, spoil] of spoilings.entries()) {
    await client.del(family)
    await spoil()
    const { outcome, id } = await createAlbum(mal, { title: `Made ${n}` })
    expect(outcome).toBe('made')
    expect(id).toMatch(/^mal~[0-9A-Za-z]{12}$/)
    expect(id.startsWith(ownIdPrefix)).toBe(true)
    expect((await listAlbums(owner)).map((album) => album.id)).toContain(id)
  }
})

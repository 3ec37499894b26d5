import { expect, test } from 'vitest'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import { listComments, writeComment } from '../../../src/core/comments/comments.ts'
import { checkHealth } from '../../../src/core/maintenance/health.ts'
import { editAccount, listAccounts } from '../../../src/core/access/accounts.ts'
import { listActs } from '../../../src/core/access/audit-log.ts'
import { checkHoldings, checkWhenDue } from '../../../src/core/access/holding-limits.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { parseSetAside } from '../../../src/shared/domain/set-aside.ts'
import { startGallery } from '../../support/gallery.ts'
import { change } from '../../support/organise.ts'
import { addAccount, grant, plainClient } from '../../support/accounts.ts'

const limits = {
  bytes: 2_000_000,
  linkBytes: 2_000_000,
  recordBytes: 100_000,
  streamEntries: 5000,
  albums: 50,
}

const setUp = async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const member = async (name: string) => {
    const { session, key } = await addAccount(gallery, owner, name, { canCreateAlbums: true })
    const made = await change(session, [{ kind: 'create-album', title: `Of ${name}` }])
    return { name, session, key, album: made.album ?? '', client: await plainClient(gallery, name, key) }
  }
  return { gallery, owner, ana: await member('ana'), bob: await member('bob') }
}

type Member = Awaited<ReturnType<typeof setUp>>['ana']

/** Fills a hash with so many values of so many bytes. */
const fill = async (
  { client }: Pick<Member, 'client'>,
  key: string | Buffer,
  count: number,
  bytes: number,
) => {
  const written = client.pipeline()
  for (let n = 0; n < count; n++) written.hset(key, String(n), 'x'.repeat(bytes))
  await written.exec()
}

const asideOf = async (owner: Session, name: string) =>
  (await listAccounts(owner)).find((account) => account.name === name)?.setAside?.kind ?? null

test('an account whose own keys take too much is set aside with all that it holds, and others go on', async () => {
  const { gallery, owner, ana, bob } = await setUp()
  const key = owner.keys.library('ana', 'host')
  await fill(ana, key, 3000, 1000)
  expect(await checkHoldings(owner, limits)).toEqual(['ana'])
  await expect.poll(() => ana.session.ended.aborted).toBe(true)
  await expect(gallery.login('ana', ana.key)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  expect((await listAlbums(bob.session)).map(({ title }) => title)).toEqual(['Of bob'])
  const accounts = await listAccounts(owner)
  expect(accounts.find(({ name }) => name === 'ana')).toMatchObject({
    disabled: true,
    setAside: { kind: 'memory' },
  })
  expect(accounts.find(({ name }) => name === 'bob')).toMatchObject({ disabled: false, setAside: null })
  expect(await owner.redis.hlen(key)).toBe(3000)
  const [line] = await listActs(owner, 1)
  expect(line).toMatchObject({ what: 'set-aside', by: '', subject: 'ana' })
  expect(parseSetAside(line?.fields.find(({ field }) => field === 'setAside')?.to)?.amount).toBeGreaterThan(
    2_000_000,
  )
  const { checks } = await checkHealth(owner)
  expect(checks.find(({ what }) => what === 'Set aside')?.detail).toMatch(/ana .*its own keys hold \d MB/)
  // Let in again, it has a day to clear up.
  await editAccount(owner, { name: 'ana', disabled: false })
  expect(await asideOf(owner, 'ana')).toBe(null)
  expect(await checkHoldings(owner, limits)).toEqual([])
  expect((await gallery.login('ana', ana.key)).account).toBe('ana')
  await owner.redis.hset(owner.keys.account('ana'), 'grace', '2001-01-01T00:00:00.000Z')
  expect(await checkHoldings(owner, limits)).toEqual(['ana'])
})

test.each<[string, string, (member: Member, owner: Session) => Promise<unknown>]>([
  [
    'one large value among many small ones',
    'memory',
    async (ana, { keys }) => {
      await fill(ana, keys.library('ana', 'host'), 15_000, 1)
      await ana.client.hset(keys.library('ana', 'host'), 'large', 'x'.repeat(3_000_000))
    },
  ],
  [
    'a key whose name is no text',
    'memory',
    (ana, { keys }) =>
      fill(ana, Buffer.concat([Buffer.from(keys.library('ana', '')), Buffer.from([0xff, 0xfe])]), 3000, 1000),
  ],
  [
    'a record of a photo',
    'record',
    (ana, { keys }) => fill(ana, keys.photo(ana.album, 'Abcdefgh12'), 10, 20_000),
  ],
  [
    'a stream',
    'stream',
    async (ana, { keys }) => {
      const written = ana.client.pipeline()
      for (let n = 0; n < 6000; n++) written.xadd(keys.albumEvents(ana.album), '*', 'a', 'b')
      await written.exec()
    },
  ],
  [
    'albums',
    'albums',
    async (ana, { keys }) => {
      const ownIdPrefix = ana.album.slice(0, -8)
      for (let n = 0; n < 60; n++)
        await ana.client.hset(keys.albumInfo(`${ownIdPrefix}Album${n + 100}`), 'title', 'x')
    },
  ],
])('an account is set aside for %s', async (_, kind, flood) => {
  const { owner, ana } = await setUp()
  await flood(ana, owner)
  expect(await checkHoldings(owner, limits)).toEqual(['ana'])
  expect(await asideOf(owner, 'ana')).toBe(kind)
})

test('administrators and the account that follows folders are never set aside', async () => {
  const { gallery, owner, ana } = await setUp()
  const { keys } = owner
  await owner.redis.hset(keys.account('ana'), 'service', '1')
  await fill(ana, keys.library('ana', 'host'), 3000, 1000)
  await fill(
    { client: await plainClient(gallery, 'owner', new URL(gallery.redisUrl()).password) },
    keys.library('owner', 'host'),
    3000,
    1000,
  )
  expect(await checkHoldings(owner, limits)).toEqual([])
})

test('what several may fill belongs to no single account, and the doctor names it', async () => {
  const { owner, ana, bob } = await setUp()
  const { keys } = owner
  await grant(owner, 'bob', { [ana.album]: 'modify' })
  await fill(bob, keys.photo(ana.album, 'Abcdefgh12'), 3000, 1000)
  expect(await checkHoldings(owner, limits)).toEqual([])
  const { checks } = await checkHealth(owner)
  expect(checks.find(({ what }) => what === 'Large album')?.detail).toContain(ana.album)
})

test('a stream of news of comments that somebody filled is removed, and what was said, other news and the account stay', async () => {
  const { owner, ana, bob } = await setUp()
  const { redis, keys } = owner
  await grant(owner, 'bob', { [ana.album]: 'comment' })
  await writeComment(bob.session, { album: ana.album, photo: null, text: 'Mine', spot: null })
  await writeComment(ana.session, { album: ana.album, photo: null, text: 'Hers', spot: null })
  await writeComment(bob.session, { album: bob.album, photo: null, text: 'At home', spot: null })
  await checkHoldings(owner, limits)
  expect(await redis.exists(keys.talkEvents(ana.album), keys.talkEvents(bob.album))).toBe(2)
  await bob.client.xadd(keys.talkEvents(ana.album), '*', 'photo', 'x'.repeat(1_100_000))
  expect(await checkHoldings(owner, limits)).toEqual([])
  expect(await redis.exists(keys.talkEvents(ana.album))).toBe(0)
  expect(await redis.exists(keys.talkEvents(bob.album))).toBe(1)
  const said = await listComments(ana.session, ana.album, null)
  expect(said.map(({ text }) => text)).toEqual(['Mine', 'Hers'])
})

test('it is looked at when the memory in use has grown, and by one administrator’s session at a time', async () => {
  const { owner, ana } = await setUp()
  const { redis, keys } = owner
  await fill(ana, keys.library('ana', 'host'), 3000, 1000)
  await redis.hset(keys.measured, 'used', 1e6)
  await checkWhenDue(owner, limits)
  expect(await asideOf(owner, 'ana')).toBe(null)
  await redis.hset(keys.measured, 'used', -1e9)
  await redis.set(keys.measuring, 'another', 'PX', 60_000)
  await checkWhenDue(owner, limits)
  expect(await asideOf(owner, 'ana')).toBe(null)
  await redis.unlink(keys.measuring)
  await checkWhenDue(owner, limits)
  expect(await asideOf(owner, 'ana')).toBe('memory')
})

test('an account that has filled the memory is set aside although Redis takes nothing more', async () => {
  const { owner, ana } = await setUp()
  await fill(ana, owner.keys.library('ana', 'host'), 3000, 1000)
  await owner.redis.config('SET', 'maxmemory-policy', 'noeviction')
  await owner.redis.config('SET', 'maxmemory', '1mb')
  await checkHoldings(owner, limits).catch(() => undefined)
  await expect(ana.client.del(owner.keys.library('ana', 'host'))).rejects.toThrow(/NOPERM|closed|WRONGPASS/)
  await owner.redis.config('SET', 'maxmemory', '0')
  expect(await asideOf(owner, 'ana')).toBe('memory')
})

test('thumbnails that no photo shows are removed when memory has grown, whichever account wrote them', async () => {
  const { owner, ana } = await setUp()
  const { redis, keys } = owner
  const names = Array.from({ length: 200 }, (_, n) => n.toString(16).padStart(64, 'f'))
  for (const name of names) await ana.client.set(keys.thumb(name), 'x'.repeat(400_000))
  await checkWhenDue(owner)
  expect(await redis.exists(...names.map((name) => keys.thumb(name)))).toBe(0)
})

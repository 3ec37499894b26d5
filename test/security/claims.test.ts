import { expect, test } from 'vitest'
import { listActivity } from '../../src/core/events/activity.ts'
import { listAlbums } from '../../src/core/albums/albums.ts'
import { applyChanges } from '../../src/core/changes/apply-changes.ts'
import { countCameras } from '../../src/core/photos/cameras.ts'
import { editAccount } from '../../src/core/access/accounts.ts'
import { readRights } from '../../src/core/access/grants.ts'
import { pageOfPhotos } from '../../src/core/photos/photos.ts'
import { locatePhotos } from '../../src/core/photos/locate.ts'
import type { Change } from '../../src/shared/schemas/change.ts'
import type { Session } from '../../src/core/gallery/session.ts'
import { openGallery } from '../../src/core/gallery/open-gallery.ts'
import { change, findings } from '../support/organise.ts'
import { checkGallery } from '../../src/core/maintenance/check-gallery.ts'
import { buildMemberGallery, answersToOthers, type MemberGallery } from './gallery-with-members.ts'

const view = { album: null, sort: 'taken' as const, descending: true }

/** Redis users with their rules, a line each. */
const rulesOf = async ({ owner }: MemberGallery, name: string) =>
  ((await owner.redis.call('ACL', 'LIST')) as string[]).find((rule) => rule.startsWith(`user ${name} `)) ?? ''

const mended = async (fixture: MemberGallery) => {
  await checkGallery(fixture.owner, { repair: true })
  expect((await findings(fixture.owner)).filter(({ what }) => what !== 'photos in two albums')).toEqual([])
}

test.for(['*', 'a b', '~*', 'owner~zzzzzzzz', 'S*', 'S', ''])(
  'an id that an account lists as made, %j, becomes no right, and keeps no account out',
  async (forged, { expect }) => {
    const fixture = await buildMemberGallery()
    const { client, ownIdPrefix, mal, owner, hidden } = fixture
    const id = forged.replace('S', ownIdPrefix)
    await client.sadd(mal.keys.madeAlbums(ownIdPrefix), id, hidden.album)
    const before = await answersToOthers(fixture)
    expect((await readRights(owner)).made['mal']).toEqual([fixture.spoiled[1]?.album])
    await editAccount(owner, { name: 'mal', canCreateAlbums: false })
    const granted = Object.keys(await owner.redis.hgetall(owner.keys.grants('mal')))
    expect(granted.toSorted()).toEqual(
      [...fixture.spoiled.map(({ album }) => album), fixture.shown.album].toSorted(),
    )
    expect(await rulesOf(fixture, 'mal')).not.toContain('~{cimaise}:album:*')
    await expect(client.hgetall(owner.keys.albumInfo(hidden.album))).rejects.toThrow(/NOPERM/)
    expect(await answersToOthers(fixture)).toEqual(before)
    await mended(fixture)
  },
)

test('ids without number that an account lists as made are looked at once, and shown to no account', async () => {
  const fixture = await buildMemberGallery()
  const { client, ownIdPrefix, mal, owner } = fixture
  const others = async () => (await listAlbums(owner)).filter(({ id }) => !id.startsWith(ownIdPrefix))
  const before = await others()
  for (let part = 0; part < 50; part++) {
    const ids = Array.from(
      { length: 1000 },
      (_, n) => `${ownIdPrefix}${String(part * 1000 + n).padStart(8, 'F')}`,
    )
    await client.sadd(mal.keys.madeAlbums(ownIdPrefix), ...ids)
  }
  expect(await others()).toEqual(before)
  expect((await listAlbums(owner)).length).toBeLessThanOrEqual(before.length + 1)
})

test('a list of albums that keeps its size and tells of nothing is read anew when the gallery is checked', async () => {
  const fixture = await buildMemberGallery()
  const { client, ownIdPrefix, mal, owner } = fixture
  const made = fixture.spoiled[1]?.album ?? ''
  const ids = async () => (await listAlbums(owner)).map(({ id }) => id)
  expect(await ids()).toContain(made)
  const list = mal.keys.madeAlbums(ownIdPrefix)
  await client.multi().srem(list, made).sadd(list, `${ownIdPrefix}Forged01`).exec()
  await mended(fixture)
  expect(await ids()).toContain(made)
})

test('rights that an account forged for its album in the trash do not come back with it', async () => {
  const fixture = await buildMemberGallery()
  const { client, owner, mal } = fixture
  const [, made] = fixture.spoiled
  const album = made?.album ?? ''
  await change(owner, [{ kind: 'delete-album', album }])
  const stolen = `${mal.keys.albumKeys(album)}:rights`
  await client.hset(stolen, { '*': 'read', ana: 'modify', mal: 'modify' })
  await expect(client.hset(owner.keys.keptRights(album), 'ana', 'modify')).rejects.toThrow(/NOPERM/)
  await change(owner, [{ kind: 'restore-album', album }])
  expect(await owner.redis.sismember(owner.keys.public, album)).toBe(0)
  expect(await owner.redis.hget(owner.keys.grants('ana'), album)).toBeNull()
  await mended(fixture)
})

const spoilings: [name: string, (fixture: MemberGallery, album: string) => Promise<unknown>][] = [
  [
    'events that are no stream',
    async ({ client, mal }, album) => {
      await client.del(mal.keys.albumEvents(album))
      await client.sadd(mal.keys.albumEvents(album), 'x')
    },
  ],
  [
    'a stream that has reached its last id',
    async ({ client, mal }, album) => {
      const last = '18446744073709551615-18446744073709551615'
      await client.xadd(mal.keys.albumEvents(album), last, 'what', 'renamed', 'by', 'owner')
    },
  ],
  [
    'a title that every object has a property of',
    ({ client, mal }, album) => client.hset(mal.keys.albumInfo(album), 'title', '__proto__'),
  ],
  ['an id that is none', ({ client, mal }, album) => client.zadd(mal.keys.albumPhotos(album), 1, 'no id')],
  [
    'numbers out of range',
    async ({ client, mal, spoiled }, album) => {
      const photo = spoiled[0]?.photos[1] ?? ''
      await client.hset(mal.keys.photo(album, photo), {
        width: '1e99',
        rank: 'inf',
        taken: '9999-99-99',
        bytes: '-1',
      })
      await client.zadd(mal.keys.albumPhotos(album), Number.POSITIVE_INFINITY, photo)
    },
  ],
  [
    'texts without end, and control characters',
    async ({ client, mal, spoiled }, album) => {
      const photo = mal.keys.photo(album, spoiled[0]?.photos[1] ?? '')
      await client.hset(photo, {
        title: `\u001b[2J${'x'.repeat(1_000_000)}`,
        name: 'a\nb',
        tags: 'a/'.repeat(500_000),
      })
      await client.hset(mal.keys.albumInfo(album), 'title', '\u0007'.repeat(100_000))
    },
  ],
  [
    'every part of another type',
    async ({ client, mal, spoiled }, album) => {
      const { keys } = mal
      const photos = (spoiled[0]?.photos ?? []).map((photo) => keys.photo(album, photo))
      const parts = [keys.albumPhotos(album), keys.albumTags(album), keys.albumTagNames(album)]
      for (const key of [...parts, keys.albumTrash(album), keys.albumTag(album, 'given'), ...photos]) {
        await client.del(key)
        await client.sadd(key, 'x')
      }
    },
  ],
  ['an album without a name', ({ client, mal }, album) => client.del(mal.keys.albumInfo(album))],
  [
    'an album that says it is deleted',
    ({ client, mal }, album) => client.hset(mal.keys.albumInfo(album), 'deleted', '1'),
  ],
]

test.for(spoilings)('%s spoil that album alone, and are mended', async ([, spoil], { expect }) => {
  const fixture = await buildMemberGallery()
  const { owner, spoiled, anas } = fixture
  const before = await answersToOthers(fixture)
  await spoil(fixture, spoiled[0]?.album ?? '')
  expect(await answersToOthers(fixture)).toEqual(before)
  // Photos of others come there and go again whole: nothing of them is left behind.
  const photos = anas.photos.slice(2, 4)
  const to = spoiled[0]?.album ?? ''
  const moved = await change(owner, [{ kind: 'move', from: anas.album, to, photos }]).catch(() => null)
  if (moved) expect((await change(owner, moved.undo)).changed).toBeGreaterThanOrEqual(2)
  expect(await answersToOthers(fixture)).toEqual(before)
  await mended(fixture)
  expect(await answersToOthers(fixture)).toEqual(before)
})

test('a photo of another album that was written into an own one is neither found there nor written over', async () => {
  const fixture = await buildMemberGallery()
  const { client, owner, mal, anas, hidden, spoiled } = fixture
  const { album } = spoiled[1] ?? { album: '' }
  const [photo = ''] = anas.photos.slice(2)
  await client.hset(mal.keys.photo(album, photo), { name: 'forged.jpg', digest: 'x' })
  await client.zadd(mal.keys.albumPhotos(album), 1, photo)
  expect(await locatePhotos(owner, [photo])).toEqual([{ photo, album: anas.album, trashed: false }])
  const move: Change = { kind: 'move', from: album, to: anas.album, photos: [photo] }
  expect(await change(owner, [move])).toMatchObject({ changed: 0, skipped: 1 })
  expect(await owner.redis.hget(owner.keys.photo(anas.album, photo), 'name')).not.toBe('forged.jpg')
  expect(await change(owner, [{ ...move, from: anas.album, to: hidden.album }])).toMatchObject({ changed: 1 })
})

const authors = async (session: Session, album: string) =>
  (await listActivity(session, album, 20)).map(({ what, by, proven, photos }) => ({
    what,
    by,
    proven,
    photos,
  }))

test('an event in another’s name is not proven, nor is a copy of one that is', async () => {
  const fixture = await buildMemberGallery()
  const { client, owner, mal, spoiled } = fixture
  const [{ album, photos } = { album: '', photos: [] }] = spoiled
  const stream = mal.keys.albumEvents(album)
  await change(owner, [
    { kind: 'edit', album, field: 'rating', values: [{ photo: photos[1] ?? '', to: '5' }] },
  ])
  const [edited] = await owner.redis.xrevrange(stream, '+', '-', 'COUNT', 1)
  await change(mal, [
    { kind: 'edit', album, field: 'flag', values: [{ photo: photos[1] ?? '', to: 'pick' }] },
  ])
  await client.xadd(stream, '*', ...(edited?.[1] ?? []))
  await client.xadd(
    stream,
    '*',
    'what',
    'trashed',
    'by',
    'owner',
    'change',
    'f'.repeat(12),
    'photos',
    photos.join(','),
  )
  const seen = await authors(owner, album)
  expect(seen[0]).toMatchObject({ what: 'trashed', by: 'owner', proven: false })
  expect(seen.find(({ by }) => by === 'mal')).toMatchObject({ what: 'edited', proven: true })
  const ratings = seen.filter(({ what, by }) => what === 'edited' && by === 'owner')
  expect(ratings.map(({ proven }) => proven)).toEqual([false]) // one line with its copy: not all of it is proven
  // Members can prove what they did themselves.
  expect((await authors(mal, album)).find(({ by }) => by === 'mal')).toMatchObject({ proven: true })
  await expect(client.xadd(owner.keys.acts('owner'), '*', 'event', 'x')).rejects.toThrow(/NOPERM/)
})

test('one damaged account keeps no administrator out, and no other account from its rights', async () => {
  const fixture = await buildMemberGallery()
  const { owner, env } = fixture
  const { redis, keys } = owner
  await redis.hset(keys.grants('mal'), {
    '*': 'modify',
    'a b': 'modify',
    [fixture.hidden.album]: 'everything',
  })
  await redis.hset(keys.account('mal'), 'stem', '*')
  const again = await openGallery({ env })
  const session = await again.selfAgain()
  expect(session.identity.administrator).toBe(true)
  expect(await rulesOf(fixture, 'mal')).not.toMatch(/album:\*/)
  expect(await rulesOf(fixture, 'ana')).toContain(fixture.anas.album)
  await again.close()
})

test('what is damaged keeps its place, and everything else has its own', async () => {
  const fixture = await buildMemberGallery()
  const { client, owner, mal, spoiled } = fixture
  const [{ album } = { album: '' }] = spoiled
  const whole = await pageOfPhotos(owner, view, 0, 500)
  await client.zadd(mal.keys.albumPhotos(album), Date.now(), 'no id', Date.now() + 1, 'x'.repeat(100_000))
  const spoiledPage = await pageOfPhotos(owner, view, 0, 500)
  expect(spoiledPage.total).toBe(whole.total + 2)
  expect(spoiledPage.photos.slice(0, 2).map(({ damaged }) => damaged)).toEqual([true, true])
  expect(spoiledPage.photos.slice(2)).toEqual(whole.photos)
  expect(new Set(spoiledPage.photos.map(({ id }) => id)).size).toBe(spoiledPage.photos.length)
  expect(await countCameras(owner, null)).not.toHaveLength(0)
  const act = { act: 'a'.repeat(12), mode: 'free' as const }
  const [ghost] = spoiledPage.photos
  const rate: Change = { kind: 'edit', album, field: 'rating', values: [{ photo: ghost?.id ?? '', to: '1' }] }
  expect(await applyChanges(owner, { ...act, changes: [rate] })).toMatchObject({ changed: 0, skipped: 1 })
})

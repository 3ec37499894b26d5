import { applyChanges } from '../../src/core/changes/apply-changes.ts'
import { createAlbum } from '../../src/core/albums/create-album.ts'
import { idPrefixOf } from '../../src/core/gallery/ids.ts'
import { newKey } from '../../src/core/redis/server/secrets.ts'
import type { Gallery } from '../../src/core/gallery/gallery.ts'
import { createAccount } from '../../src/core/access/accounts.ts'
import { applyRights } from '../../src/core/access/apply-acl.ts'
import { setRights } from '../../src/core/access/grants.ts'
import { pageOfPhotos } from '../../src/core/photos/photos.ts'
import type { Session } from '../../src/core/gallery/session.ts'
import { median, ms, ratio, report, sized, withGallery } from './common.ts'
import { addPhotos, idOf, timed } from './photos.ts'

const albums = sized(2000, 200)
const inAlbum = 1000
const perCall = 500
const rounds = sized(15, 3)

/** An account that may modify the first so many of some albums. */
const sessionWithRights = async (gallery: Gallery, owner: Session, ids: string[], rights: number) => {
  const name = `has-${rights}`
  const key = newKey()
  await createAccount(owner, { name, role: 'member', canCreateAlbums: false, key })
  const grants = Object.fromEntries(ids.slice(0, rights).map((album) => [album, 'modify']))
  await owner.redis.hset(owner.keys.grants(name), grants)
  await applyRights(owner.redis, owner.keys, { names: [name] })
  return gallery.login(name, key)
}

/**
 * Albums in the order in which Redis tries the patterns of an account: where something happened last comes first. `families`: their ids
 * are such as they are given now; else each is of chance, as in galleries of before.
 */
const makeAlbums = async (owner: Session, families: boolean) => {
  const made: string[] = []
  for (let n = 0; n < albums; n++) {
    if (!families) await owner.redis.del(owner.keys.albumFamily(idPrefixOf(owner.account)))
    made.push((await createAlbum(owner, { title: `Album ${n}` })).id)
  }
  const used = owner.redis.pipeline()
  for (const [n, id] of made.entries()) used.xadd(owner.keys.albumEvents(id), `${n + 1}-0`, 'what', 'added')
  await used.exec()
  return made.toReversed()
}

interface Measured {
  page: number
  move: number
}

/** A page of 200 photos, and a move of 1,000 from one album to the other and back. */
const measure = async (session: Session, from: string, to: string, first: number): Promise<Measured> => {
  const view = { album: from, sort: 'taken' as const, descending: true }
  const page: number[] = []
  const move: number[] = []
  const photos = Array.from({ length: inAlbum }, (_, n) => idOf(first + n))
  for (let round = 0; round < rounds; round++) {
    page.push(await timed(() => pageOfPhotos(session, view, 0, 200)))
    const [a, b] = round % 2 === 0 ? [from, to] : [to, from]
    view.album = b
    move.push(
      await timed(async () => {
        for (let start = 0; start < photos.length; start += perCall) {
          const part = photos.slice(start, start + perCall)
          const changes = [{ kind: 'move' as const, from: a, to: b, photos: part }]
          await applyChanges(session, { act: 'BenchBenchBe', mode: 'free', changes })
        }
      }),
    )
  }
  if (rounds % 2 === 1) {
    const changes = [{ kind: 'move' as const, from: to, to: from, photos }]
    await applyChanges(session, { act: 'BenchBenchBe', mode: 'free', changes })
  }
  return { page: median(page), move: median(move) }
}

/** What the rights cost: accounts with 2, 100 and 2,000 of them against an administrator, in turns. */
export const benchRights = async (): Promise<void> => {
  for (const families of [true, false]) {
    report(families ? 'ids in families' : 'ids of chance', '')
    await benchIds(families)
  }
}

const benchIds = (families: boolean) =>
  withGallery(async ({ gallery }) => {
    const owner = await gallery.self()
    const ids = await makeAlbums(owner, families)
    const few = await sessionWithRights(gallery, owner, ids, 2)
    const some = await sessionWithRights(gallery, owner, ids, 100)
    const many = await sessionWithRights(gallery, owner, ids, albums)
    const places: [string, Session, number][] = [
      ['2 rights', few, 0],
      ['100 rights, the last ones', some, 98],
      ...[0, 20, 50, 100, albums / 2, albums - 2].map((at): [string, Session, number] => [
        `${albums} rights, ${at} used since`,
        many,
        at,
      ]),
    ]
    for (const [n, [what, session, at]] of places.entries()) {
      const [from = '', to = ''] = ids.slice(at, at + 2)
      await addPhotos(owner, from, n * inAlbum, inAlbum)
      const reference = await measure(owner, from, to, n * inAlbum)
      const { page, move } = await measure(session, from, to, n * inAlbum)
      const beside = (value: number, other: number) =>
        `${ms(other)} administrator, ratio ${ratio(value / other)}`
      report(`page of 200 photos, ${what}`, ms(page), beside(page, reference.page))
      report(`move of 1,000 photos, ${what}`, ms(move), beside(move, reference.move))
    }
    const subject = `account:has-${albums}` as const
    for (const right of ['none', 'read', 'modify'] as const) {
      const took = await timed(() => setRights(owner, [{ subject, album: ids[0] ?? '', right }]))
      report(`one right of an account with ${albums}: ${right}`, ms(took))
    }
  })

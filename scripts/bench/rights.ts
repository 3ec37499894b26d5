import { applyChanges } from '../../src/core/changes/apply-changes.ts'
import { createAlbum } from '../../src/core/albums/create-album.ts'
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

/** Passwords of the accounts that were made. */
const logins = new Map<string, string>()

/** An account that may modify the last so many of some albums. */
const sessionWithRights = async (gallery: Gallery, owner: Session, ids: string[], rights: number) => {
  const name = `has-${rights}`
  const known = logins.get(name)
  if (known !== undefined) return gallery.login(name, known)
  const key = newKey()
  logins.set(name, key)
  await createAccount(owner, { name, role: 'member', canCreateAlbums: false, key })
  const own = ids.slice(ids.length - rights)
  const grants = Object.fromEntries(own.map((album) => [album, 'modify']))
  await owner.redis.hset(owner.keys.grants(name), grants)
  await applyRights(owner.redis, owner.keys, { names: [name] })
  return gallery.login(name, key)
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
export const benchRights = (): Promise<void> =>
  withGallery(async ({ gallery }) => {
    const owner = await gallery.self()
    const made: string[] = []
    for (let n = 0; n < albums; n++) made.push((await createAlbum(owner, { title: `Album ${n}` })).id)
    // Redis tries the patterns of an account in this order: the last two of all it tries last.
    const ids = made.toSorted()
    const half = ids.length / 2
    const places: [string, number, string[]][] = [
      ['2 rights', 2, ids.slice(-2)],
      ['100 rights, the last ones', 100, ids.slice(-2)],
      [`${albums} rights, in the middle`, albums, ids.slice(half, half + 2)],
      [`${albums} rights, the last ones`, albums, ids.slice(-2)],
    ]
    for (const [n, [what, rights, [from = '', to = '']]] of places.entries()) {
      await addPhotos(owner, from, n * inAlbum, inAlbum)
      const session = await sessionWithRights(gallery, owner, ids, rights)
      const reference = await measure(owner, from, to, n * inAlbum)
      const { page, move } = await measure(session, from, to, n * inAlbum)
      const beside = (value: number, other: number) => `${ms(other)} administrator, ratio ${ratio(value / other)}`
      report(`page of 200 photos, ${what}`, ms(page), beside(page, reference.page))
      report(`move of 1,000 photos, ${what}`, ms(move), beside(move, reference.move))
    }
    const subject = `account:has-${albums}` as const
    for (const right of ['none', 'read', 'modify'] as const) {
      const took = await timed(() => setRights(owner, [{ subject, album: ids[0] ?? '', right }]))
      report(`one right of an account with ${albums}: ${right}`, ms(took))
    }
  })

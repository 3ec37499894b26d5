import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyRights } from '../../../src/core/access/apply-acl.ts'
import { deriveKey } from '../../../src/core/gallery/credentials.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { emptyTrash } from '../../../src/core/photos/trash.ts'
import type { Change } from '../../../src/shared/schemas/change.ts'
import { startGallery } from '../../support/gallery.ts'
import { change, findings, albumWithPhotos } from '../../support/organise.ts'
import { Model, seenIn } from './model.ts'

const tagNames = [
  'Sea',
  'sea',
  'Sea/Foam',
  'SEA/Wind',
  'Été',
  'E\u0301te\u0301',
  'été/Nice',
  'people/Ana Lee',
  'Bird',
]
const perAlbum = 6

interface Step {
  who: number
  kind: 'move' | 'tag' | 'rate' | 'trash' | 'restore' | 'rename'
  from: number
  to: number
  photos: number[]
  add: string[]
  remove: string[]
  rating: string | null
}

const tags = fc.uniqueArray(fc.constantFrom(...tagNames), { maxLength: 3 })
const step: fc.Arbitrary<Step> = fc.record({
  who: fc.nat(2),
  kind: fc.constantFrom('move', 'move', 'tag', 'tag', 'tag', 'rate', 'trash', 'restore', 'rename'),
  from: fc.nat(2),
  to: fc.nat(2),
  photos: fc.uniqueArray(fc.nat(3 * perAlbum - 1), { minLength: 1, maxLength: 8 }),
  add: tags,
  remove: tags,
  rating: fc.constantFrom('1', '5', null),
})

/** A member with the right to modify the albums, and to nothing else. */
const member = async (
  owner: Session,
  login: (account: string, key: string) => Promise<Session>,
  id: string,
) => {
  const { redis, keys } = owner
  const key = await deriveKey(id, 'ana', 'correct horse')
  await redis.hset(keys.account('ana'), { displayName: 'Ana', role: 'member' })
  await redis.sadd(keys.users, 'ana')
  await redis.call('ACL', 'SETUSER', 'ana', 'on', `>${key}`)
  await applyRights(redis, keys)
  return login('ana', key)
}

const open = async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const ana = await member(owner, gallery.login, gallery.id)
  const sessions = [owner, await gallery.login('owner', new URL(gallery.redisUrl()).password), ana]
  return { gallery, sessions: sessions as [Session, Session, Session] }
}

/** Three albums that are as they were made, on the same server, and their model. */
const hang = async (sessions: [Session, Session, Session], round: number) => {
  const [owner] = sessions
  const { redis, keys } = owner
  for (const album of await redis.smembers(keys.albums))
    await change(owner, [{ kind: 'delete-album', album }])
  await emptyTrash(owner, undefined)
  const model = new Model()
  const albums: { album: string; photos: string[] }[] = []
  for (const name of ['Corsica', 'Studio', 'Étretat']) {
    const made = await albumWithPhotos(owner, `${round} ${name}`, perAlbum)
    model.hang(made.album, `${round} ${name}`, made.photos)
    await redis.hset(keys.grants('ana'), made.album, 'modify')
    albums.push(made)
  }
  await applyRights(redis, keys)
  return { model, albums, photos: albums.flatMap(({ photos }) => photos) }
}

type Hung = Awaited<ReturnType<typeof hang>>

const toChange = ({ model, albums, photos: all }: Hung, step: Step, n: number): Change | null => {
  const { kind, add, remove, rating } = step
  const [album, to] = [albums[step.from]?.album ?? '', albums[step.to]?.album ?? '']
  const photos = step.photos.map((i) => all[i] ?? '')
  if (kind === 'move') return { kind, from: album, to, photos }
  if (kind === 'tag') return { kind, album, photos, add, remove }
  if (kind === 'trash' || kind === 'restore') return { kind, album, photos }
  if (kind === 'rate')
    return { kind: 'edit', album, field: 'rating', values: photos.map((photo) => ({ photo, to: rating })) }
  // Only administrators rename albums until accounts may make their own.
  if (step.who === 2) return null
  return {
    kind: 'rename-albums',
    titles: [{ album, from: model.titles.get(album) ?? '', to: `Renamed ${n} ${album}` }],
  }
}

test('random changes by several accounts leave the gallery as a simple model says, and undone it is as before', async () => {
  const { sessions } = await open()
  let round = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
      const hung = await hang(sessions, round++)
      const { model } = hung
      const before = await seenIn(sessions[0])
      expect(before).toEqual(model.seen())
      const undos: Change[] = []
      for (const [n, next] of steps.entries()) {
        const wanted = toChange(hung, next, n)
        if (!wanted) continue
        const done = await change(sessions[next.who] ?? sessions[0], [wanted])
        model.apply(wanted)
        undos.unshift(...done.undo)
        expect(await findings(sessions[0])).toEqual([])
      }
      expect(await seenIn(sessions[0])).toEqual(model.seen())
      for (const undo of undos) await change(sessions[0], [undo], 'strict')
      expect(await seenIn(sessions[0])).toEqual(before)
      expect(await findings(sessions[0])).toEqual([])
    }),
    { numRuns: 40 },
  )
}, 120_000)

test('changes at the same moment from several connections leave each photo in one album and every index right', async () => {
  const { sessions } = await open()
  let round = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 2, maxLength: 6 }), { maxLength: 4 }),
      async (bursts) => {
        const hung = await hang(sessions, round++)
        for (const burst of bursts) {
          const wanted = burst.flatMap((next, n) => {
            const made = next.kind === 'rename' ? null : toChange(hung, next, n)
            return made ? [{ who: next.who, made }] : []
          })
          await Promise.all(wanted.map(({ who, made }) => change(sessions[who] ?? sessions[0], [made])))
        }
        expect(await findings(sessions[0])).toEqual([])
        const { albums, trash } = await seenIn(sessions[0])
        const there = [...albums.flatMap(({ photos }) => photos.map(([id]) => id)), ...trash]
        expect(there.sort()).toEqual([...hung.photos].sort())
      },
    ),
    { numRuns: 30 },
  )
}, 120_000)

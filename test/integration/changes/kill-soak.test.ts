import { setTimeout as wait } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { locatePhotos } from '../../../src/core/photos/locate.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import type { Change } from '../../../src/shared/schemas/change.ts'
import { cutPower } from '../../support/embedded.ts'
import { cleanEnvironment } from '../../support/gallery.ts'
import { change, findings, albumWithPhotos } from '../../support/organise.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** `KILLS=1000` for a long run. */
const kills = Number(process.env['KILLS'] ?? 5)
const count = 120
const batch = 40

/**
 * The file is made anew in the midst of everything, often. And without fsync each write is in the system's hands before it is
 * answered: with fsync each second Redis holds writes back for up to two seconds while the disk is busy with the last one.
 */
const settings = {
  'auto-aof-rewrite-min-size': '200kb',
  'auto-aof-rewrite-percentage': '20',
  appendfsync: process.env['KILLS_FSYNC'] ?? 'no',
}

interface Model {
  albums: [string, string]
  photos: string[]
  /** As far as it was acknowledged: where each photo is, and what its rating is. */
  albumOf: Map<string, string>
  ratings: Map<string, string>
}

/** What one act does to the model. */
interface Act {
  changes: Change[]
  photos: string[]
  to: { album?: string; rating?: string }
}

/** Moves photos, of which some may be there already, and rates others; each act is one call. */
const nextAct = ({ albums, photos, albumOf }: Model, n: number): Act => {
  const first = (n * 37) % (count - batch)
  const some = photos.slice(first, first + batch)
  const album = albumOf.get(some[0] ?? '') ?? albums[0]
  const [from, to] = album === albums[0] ? albums : [albums[1], albums[0]]
  const there = some.filter((photo) => albumOf.get(photo) === from)
  if (n % 3 > 0)
    return { changes: [{ kind: 'move', from, to, photos: there }], photos: there, to: { album: to } }
  const rating = String((n % 5) + 1)
  const values = there.map((photo) => ({ photo, to: rating }))
  return { changes: [{ kind: 'edit', album: from, field: 'rating', values }], photos: there, to: { rating } }
}

const note = (model: Model, { photos, to }: Act) => {
  for (const photo of photos) {
    if (to.album) model.albumOf.set(photo, to.album)
    if (to.rating) model.ratings.set(photo, to.rating)
  }
}

/** What Redis has now, in the same words. */
const read = async (session: Session, photos: string[]) => {
  const albumOf = new Map((await locatePhotos(session, photos)).map(({ photo, album }) => [photo, album]))
  const asked = session.redis.pipeline()
  for (const photo of photos) asked.hget(session.keys.photo(albumOf.get(photo) ?? '', photo), 'rating')
  const rows = ((await asked.exec()) ?? []).map(([, rating]) => rating as string | null)
  return photos.map((photo, i) => `${albumOf.get(photo) ?? 'nowhere'} ${rows[i] ?? ''}`)
}

const expected = ({ photos, albumOf, ratings }: Model) =>
  photos.map((photo) => `${albumOf.get(photo) ?? ''} ${ratings.get(photo) ?? ''}`)

test(
  `whenever Redis is killed, every act that was acknowledged is there, and the one under way is whole or not at all (${kills} kills)`,
  { timeout: 3_600_000 },
  async () => {
    const env = cleanEnvironment({ CIMAISE_HOME: temporaryFolder('cimaise-home-') })
    const opened = await openGallery({ env })
    onTestFinished(() => opened.close())
    const first = await opened.self()
    const a = await albumWithPhotos(first, 'A', count)
    const b = await albumWithPhotos(first, 'B', 0)
    await change(first, [{ kind: 'tag', album: a.album, photos: a.photos, add: ['Sea/Foam'], remove: [] }])
    const model: Model = {
      albums: [a.album, b.album],
      photos: a.photos,
      albumOf: new Map(a.photos.map((photo) => [photo, a.album])),
      ratings: new Map(),
    }
    await opened.close()
    let acts = 0
    for (const delay of fc.sample(fc.nat({ max: 60 }), kills)) {
      const gallery = await openGallery({ env })
      const session = await gallery.self()
      for (const [setting, value] of Object.entries(settings))
        await session.redis.config('SET', setting, value)
      // Nothing is tried again over a new connection: what was not answered is what is looked at.
      const over = wait(delay)
        .then(() => cutPower(env))
        .then(() => gallery.close())
      // A call that waits on a connection which is closed meanwhile is never answered (seen in ioredis 6.0.0).
      const gone = over.then(() => Promise.reject(new Error('Redis was killed')))
      gone.catch(() => undefined)
      let open: Act | null = null
      try {
        for (;;) {
          open = nextAct(model, acts)
          await Promise.race([change(session, open.changes), gone])
          note(model, open)
          acts++
        }
      } catch {
        // Redis is gone: what became of this act shows when it is back
      }
      await over
      const again = await openGallery({ env })
      const self = await again.self()
      const found = await read(self, model.photos)
      const before = expected(model)
      if (open && JSON.stringify(found) !== JSON.stringify(before)) note(model, open)
      expect(found).toEqual(expected(model))
      expect(await findings(self)).toEqual([])
      await again.close()
      acts++
    }
    console.log(`${kills} kills, ${acts.toLocaleString('en')} acts`)
  },
)

import { createHash } from 'node:crypto'
import { Redis } from 'ioredis'
import { listAlbums } from '../../src/core/albums/albums.ts'
import { createAlbum } from '../../src/core/albums/create-album.ts'
import { newKey } from '../../src/core/redis/server/secrets.ts'
import type { Gallery } from '../../src/core/gallery/gallery.ts'
import { createAccount } from '../../src/core/access/accounts.ts'
import { setRights } from '../../src/core/access/grants.ts'
import { pageOfPhotos } from '../../src/core/photos/photos.ts'
import { summaryFields } from '../../src/core/photos/photo-record.ts'
import { qualified } from '../../src/core/redis/functions.ts'
import type { Session } from '../../src/core/gallery/session.ts'
import { listTags } from '../../src/core/photos/tags.ts'
import { subjectOf } from '../../src/shared/domain/subjects.ts'
import { median, ms, ratio, report, sized, withGallery } from './common.ts'
import { addPhotos, idOf, timed } from './photos.ts'
import { albumCount, fillGallery } from './synthetic.ts'

const rounds = sized(41, 3)
const pageSize = 500
const inGallery = sized(100_000, 20_000)
const moved = sized(10_000, 1000)
const perCall = 500
const view = { album: null, sort: 'taken' as const, descending: true }

/** A page as it is parsed at the border, against its bare commands whose answers are not looked at. */
const benchPage = async (session: Session) => {
  const { redis, keys } = session
  await fillGallery(session, inGallery)
  const pages = inGallery / albumCount / pageSize - 1
  const parsed: number[] = []
  const bare: number[] = []
  for (let round = 0; round < rounds; round++) {
    parsed.push(
      await timed(() =>
        pageOfPhotos(session, { ...view, album: 'owner~bench000' }, (round % pages) * pageSize, pageSize),
      ),
    )
    bare.push(
      await timed(async () => {
        const album = 'owner~bench001'
        const first = (round % pages) * pageSize
        const [[, end], [, size], [, ids]] = (await redis
          .pipeline()
          .xrevrange(keys.albumEvents(album), '+', '-', 'COUNT', 1)
          .zcard(keys.albumPhotos(album))
          .zrange(keys.albumPhotos(album), first, String(first + pageSize - 1), 'REV', 'WITHSCORES')
          .exec()) as [null, unknown][] as [[null, unknown], [null, unknown], [null, string[] | string[][]]]
        const asked = redis.pipeline()
        for (const id of ids.flat().filter((_, n) => n % 2 === 0))
          asked.hmget(keys.photo(album, id), ...Object.keys(summaryFields))
        return [end, size, await asked.exec()]
      }),
    )
  }
  const [with_, without] = [median(parsed), median(bare)]
  report(
    `a page of ${pageSize} photos, parsed at the border`,
    ms(with_),
    `${ms(without)} for its bare commands, ratio ${ratio(with_ / without)}`,
  )
}

/** A client that may run EVAL, which no account of the gallery may. */
const anyLua = async (gallery: Gallery, session: Session) => {
  await session.redis.call('ACL', 'SETUSER', 'bench', 'on', '>bench', '~*', '+@all')
  const { hostname, port } = new URL(gallery.redisUrl())
  return new Redis({
    host: hostname,
    port: Number(port),
    username: 'bench',
    password: 'bench',
    enableReadyCheck: false,
  })
}

/** The text of the library as one script that runs one of its functions. */
const asScript = async (session: Session, name: Parameters<typeof qualified>[0]) => {
  const [library] = (await session.redis.call(
    'FUNCTION',
    'LIST',
    'LIBRARYNAME',
    qualified(name).slice(0, 20),
    'WITHCODE',
  )) as unknown[][]
  const text = String(library?.at(-1)).replace(/^#!lua.*\n/, '')
  const [shared = '', ...functions] = text.split(/\n\nredis\.register_function/)
  const own = functions.find((part) => part.includes(`'${qualified(name)}'`)) ?? ''
  const callback = /callback = ([\s\S]*),\n}$/.exec(own.trimEnd())?.[1] ?? ''
  return `${shared}\nreturn (${callback})(KEYS, ARGV)`
}

/** The same change by FCALL and by EVALSHA, in turn: the price of functions as such. */
const benchCall = async (gallery: Gallery, session: Session) => {
  const { keys } = session
  const lua = await asScript(session, 'move-photos')
  const redis = await anyLua(gallery, session)
  const { id: from } = await createAlbum(session, { title: 'From' })
  const { id: to } = await createAlbum(session, { title: 'To' })
  await addPhotos(session, from, 0, moved)
  const side = (album: string) => [
    ...[keys.albumInfo(album), keys.albumPhotos(album), keys.photo(album), keys.albumTag(album)],
    ...[keys.albumTags(album), keys.albumTagNames(album), keys.albumEvents(album), keys.albumBehind(album)],
  ]
  await redis.script('LOAD', lua)
  const sha = createHash('sha1').update(lua).digest('hex')
  const times: Record<'FCALL' | 'EVALSHA', number[]> = { FCALL: [], EVALSHA: [] }
  for (let round = 0; round < 2 * rounds; round++) {
    const [a, b] = round % 2 === 0 ? [from, to] : [to, from]
    const how = Math.floor(round / 2) % 2 === 0 ? 'FCALL' : 'EVALSHA'
    const what = how === 'FCALL' ? qualified('move-photos') : sha
    const touched = [keys.acts('owner'), ...side(a), ...side(b)]
    let sum = 0
    for (let start = 0; start < moved; start += perCall) {
      const ids = Array.from({ length: perCall }, (_, n) => idOf(start + n))
      sum += await timed(() =>
        redis.call(how, what, touched.length, ...touched, 'owner', 'BenchBenchBe', 'free', ...ids, ''),
      )
    }
    times[how].push(sum)
  }
  redis.disconnect()
  const [fcall, evalsha] = [median(times.FCALL), median(times.EVALSHA)]
  report(
    `move ${moved} photos by function`,
    ms(fcall),
    `${ms(evalsha)} by EVALSHA, ratio ${ratio(fcall / evalsha)}`,
  )
}

/** What the others wait for before and after a member has filled an album with what is none of ours. */
const benchHostile = async (gallery: Gallery, session: Session) => {
  const { redis, keys } = session
  const key = newKey()
  await createAccount(session, { name: 'mal', role: 'member', canCreateAlbums: true, key })
  const { id: album } = await createAlbum(session, { title: 'Given' })
  await addPhotos(session, album, 2_000_000, 1000)
  await setRights(session, [{ subject: subjectOf('account', 'mal'), album, right: 'modify' }])
  const { ownIdPrefix } = (await gallery.login('mal', key)).identity
  const ask = async () => {
    await listAlbums(session)
    await pageOfPhotos(session, view, 0, 200)
    await listTags(session)
  }
  const look = async () => {
    const times: number[] = []
    for (let round = 0; round < rounds; round++) times.push(await timed(ask))
    return median(times)
  }
  await look()
  const before = await look()
  const forged = redis.pipeline()
  for (let n = 0; n < 50; n++) {
    const ids = Array.from(
      { length: 1000 },
      (_, i) => `${ownIdPrefix ?? ''}${String(n * 1000 + i).padStart(8, '0')}`,
    )
    forged.sadd(keys.madeAlbums(ownIdPrefix ?? ''), ...ids)
    forged.zadd(keys.albumPhotos(album), Date.now() + n, 'x'.repeat(100_000))
    forged.hset(keys.photo(album, idOf(2_000_000 + n)), {
      title: 'x'.repeat(1_000_000),
      tags: 'a/'.repeat(100_000),
    })
  }
  forged.del(keys.albumEvents(album)).sadd(keys.albumEvents(album), 'x')
  await forged.exec()
  const after = await look()
  report(
    'albums, a page and tags, one album spoiled',
    ms(after),
    `${ms(before)} before, ratio ${ratio(after / before)}`,
  )
}

/** What it costs to believe nothing. */
export const benchClaims = async (): Promise<void> => {
  await withGallery(async ({ gallery }) => benchPage(await gallery.self()))
  await withGallery(async ({ gallery }) => benchCall(gallery, await gallery.self()))
  await withGallery(async ({ gallery }) => benchHostile(gallery, await gallery.self()))
}

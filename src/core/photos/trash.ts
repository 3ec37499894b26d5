import { chunksOf } from '../../shared/domain/chunks.ts'
import { newOperationId } from '../../shared/domain/random-ids.ts'
import { byAlbum } from '../../shared/domain/refs.ts'
import type { DeletedAlbum } from '../../shared/schemas/album.ts'
import { AlbumId } from '../../shared/schemas/ids.ts'
import { trashPhotos } from '../changes/trash.ts'
import { deletedAlbums, modifiableAlbums } from '../albums/visible-albums.ts'
import { maxTitleBytes } from '../albums/albums.ts'
import { forgetComments } from '../comments/commenters.ts'
import { gatherComments } from '../comments/gather.ts'
import { line } from './field-values.ts'
import { keysOfCollectionCopy } from '../access/collection-copies.ts'
import { allCollections, registryOfCollection } from '../collections/visible-collections.ts'
import { readHashes, readSizes, readWholeSets } from '../redis/claims.ts'
import { onRedis, results } from '../redis/errors.ts'
import { callFunction } from '../redis/call-function.ts'
import { scanKeys } from '../redis/scan-keys.ts'
import type { Session } from '../gallery/session.ts'
import { collectThumbs } from '../thumbnails/collect-thumbnails.ts'

/** How long the trash keeps what is in it, in milliseconds. */
export const trashLifeMs = 30 * 24 * 60 * 60 * 1000

/** Photos removed in one step, so that Redis answers others in between. */
const pipelineSize = 500

/** The albums in the trash, the last one first. Only administrators have any. */
export const listDeletedAlbums = (session: Session): Promise<DeletedAlbum[]> =>
  onRedis(async () => {
    const { redis, keys } = session
    const ids = await deletedAlbums(session)
    if (ids.length === 0) return []
    const [infos, photos, trashed, times] = await Promise.all([
      readHashes(
        redis,
        ids.map((id) => keys.albumInfo(id)),
        { title: maxTitleBytes },
      ),
      readSizes(
        redis,
        ids.map((id) => keys.albumPhotos(id)),
      ),
      readSizes(
        redis,
        ids.map((id) => keys.albumTrash(id)),
      ),
      redis.zmscore(keys.deletedAlbums, ...ids),
    ])
    return ids
      .map((id, i) => ({
        id,
        title: line(infos[i]?.[0] ?? id),
        photos: (photos[i] ?? 0) + (trashed[i] ?? 0),
        deletedAt: new Date(Number(times[i]) || 0).toISOString(),
      }))
      .reverse()
  })

/** Removes photos from the trash of an album for good: those that were removed until then. */
const purgePhotos = async (session: Session, album: string, ids: string[], until: number) => {
  const { redis, keys, account, identity } = session
  const touched = [
    keys.acts(account),
    keys.albumTrash(album),
    keys.photo(album),
    keys.albumEvents(album),
    keys.albumBehind(album),
  ]
  let gone = 0
  for (const part of chunksOf(ids, pipelineSize)) {
    const args = [account, newOperationId(), until, ...part]
    const purged = await callFunction(redis, 'purge-photos', touched, args)
    if (identity.administrator && purged.length > 0) await forgetComments(session, album, purged)
    gone += purged.length
  }
  return gone
}

/**
 * Removes an album in the trash for good, with all that it holds. It stays listed until the last of it is gone, so that
 * a purge that was broken off is carried on.
 */
const purgeAlbum = async (session: Session, album: string): Promise<number> => {
  const { redis, keys } = session
  if (!AlbumId.safeParse(album).success) return 0
  await redis.sadd(keys.purging, album) // from here on it does not come back
  if ((await redis.zscore(keys.deletedAlbums, album)) === null) {
    await redis.srem(keys.purging, album) // it has come back just now
    return 0
  }
  const counts = await readSizes(redis, [keys.albumPhotos(album), keys.albumTrash(album)])
  for (const pattern of [keys.pattern.album(album), keys.pattern.talk(album)])
    for await (const part of scanKeys(redis, pattern)) await redis.unlink(...part)
  results(
    await redis
      .multi()
      .del(keys.keptRights(album))
      .hdel(keys.publicSwitches, album)
      .zrem(keys.deletedAlbums, album)
      .srem(keys.purging, album)
      .exec(),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}

const purgeAlbums = async (session: Session, until: number): Promise<number> => {
  const { redis, keys } = session
  const { administrator } = session.identity
  if (!administrator) return 0
  let gone = 0
  for (const album of await redis.zrange(keys.deletedAlbums, '-inf', String(until), 'BYSCORE'))
    gone += await purgeAlbum(session, album)
  return gone
}

/** Removes what went to the trash until then, in every album that the session may modify. */
const purgeUntil = async (session: Session, until: number): Promise<number> => {
  const { redis, keys } = session
  let gone = await purgeAlbums(session, until)
  const albums = await modifiableAlbums(session)
  const trashes = await readWholeSets(
    redis,
    albums.map((album) => keys.albumTrash(album)),
  )
  for (const [i, album] of albums.entries()) {
    const ids = (trashes[i] ?? []).flatMap(({ id, score }) => (id !== null && score <= until ? [id] : []))
    if (ids.length > 0) gone += await purgePhotos(session, album, ids, until)
  }
  return gone
}

/** Thumbnails that nothing shows any more go too; only administrators may remove any. */
const collect = async (session: Session, gone: number) => {
  if (gone > 0 && session.identity.administrator) await collectThumbs(session)
  return { photos: gone }
}

/**
 * Empties the trash for good: these photos of it, or all that the session may, with the albums in it. Originals stay where
 * they are, and are not taken in again.
 */
export const emptyTrash = (session: Session, refs: string[] | undefined): Promise<{ photos: number }> =>
  onRedis(async () => {
    if (!refs) return collect(session, await purgeUntil(session, Date.now()))
    const deleted = new Set(await deletedAlbums(session))
    let gone = 0
    for (const [album, ids] of byAlbum(refs)) {
      // Those that went with their album are in it still.
      if (deleted.has(album))
        await trashPhotos(
          { session, act: newOperationId(), mode: 'free' },
          { kind: 'trash', album, photos: ids },
        )
      gone += await purgePhotos(session, album, ids, Date.now())
    }
    return collect(session, gone)
  })

/** Removes for good the collections that were removed until then. */
const purgeCollections = async (session: Session, until: number) => {
  const { redis, keys, identity } = session
  if (!identity.administrator) return
  const collections = await allCollections(session)
  const infos = collections.map((id) => keys.collectionInfo(id))
  const rows = await readHashes(redis, infos, { deleted: 32 })
  for (const [i, id] of collections.entries()) {
    const deleted = rows[i]?.[0]
    if (!deleted || Number(deleted) > until) continue
    const own = [keys.collectionPhotos(id), keys.collectionEvents(id), keys.collectionInfo(id)]
    await redis.unlink(...own, ...keysOfCollectionCopy(keys, id))
    await redis.srem(registryOfCollection(keys, id).collections, id)
  }
}

/** Removes what has been in the trash for longer than it keeps things. */
export const purgeOld = (session: Session, now = Date.now()): Promise<{ photos: number }> =>
  onRedis(async () => {
    const purged = await purgeUntil(session, now - trashLifeMs)
    await gatherComments(session) // what others than administrators left behind
    await purgeCollections(session, now - trashLifeMs)
    return collect(session, purged)
  })

/** How often the trash is looked through while the program runs, in milliseconds. */
export const purgeIntervalMs = 6 * 60 * 60 * 1000

/**
 * Looks through the trash now and from time to time. `isTurn`: whether it is this process's turn, where several have the same
 * trash. Returns the way to stop.
 */
export const keepTrash = (session: Session, isTurn = () => Promise.resolve(true)): (() => void) => {
  const look = async () => {
    if (await isTurn()) await purgeOld(session)
  }
  // Redis is away, or the session may not: the next time does it
  const lookQuietly = () => void look().catch(() => undefined)
  lookQuietly()
  const timer = setInterval(lookQuietly, purgeIntervalMs).unref()
  return () => clearInterval(timer)
}

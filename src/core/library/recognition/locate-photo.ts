import { realpath } from 'node:fs/promises'
import type { FoundPhoto } from '../../../shared/schemas/library.ts'
import { readableAlbums } from '../../albums/visible-albums.ts'
import { onRedis, results } from '../../redis/errors.ts'
import type { Session } from '../../gallery/session.ts'
import { parseEntry, type Entry, type KnownFiles } from '../index/file-index.ts'

/** What was taken in from a path before; null where nothing was. */
export const fetchEntry = async (
  { redis, keys, account, host }: Session,
  path: string,
): Promise<Entry | null> =>
  parseEntry((await onRedis(() => redis.hget(keys.library(account, host), path))) ?? '')

/** The album that a photo is in now, or whose trash it is in; null where it is nowhere. */
export const locate = async (session: Session, { photo, album }: Entry): Promise<string | null> => {
  const { redis, keys } = session
  if (await onRedis(() => redis.exists(keys.photo(album, photo)))) return album
  const albums = await readableAlbums(session)
  const asked = redis.pipeline()
  for (const id of albums) asked.exists(keys.photo(id, photo))
  const found = results<number>(await onRedis(() => asked.exec())).indexOf(1)
  return albums[found] ?? null
}

/** The same of many, most of which are where they were: these are asked for at once. */
export const locateAll = async (session: Session, entries: Entry[]): Promise<(string | null)[]> => {
  const asked = session.redis.pipeline()
  for (const { photo, album } of entries) asked.exists(session.keys.photo(album, photo))
  const there = results<number>(await onRedis(() => asked.exec()))
  return Promise.all(
    entries.map((entry, i) => (there[i] === 1 ? Promise.resolve(entry.album) : locate(session, entry))),
  )
}

/** When the file of a photo says that it was taken, as it was read last; null where it does not say. */
export const fetchTaken = async (session: Session, entry: Entry): Promise<string | null> => {
  const { redis, keys } = session
  const album = await locate(session, entry)
  return album && onRedis(() => redis.hget(keys.photo(album, entry.photo), 'taken'))
}

/** The photos that were taken in from these files, by links too, where they are now. */
export const findPhotos = async (
  session: Session,
  fileIndex: KnownFiles,
  paths: string[],
): Promise<FoundPhoto[]> => {
  const { redis, keys } = session
  const found: FoundPhoto[] = []
  for (const path of paths) {
    const real = await realpath(path).catch(() => path)
    const entry = fileIndex.entries.get(real) ?? (await fetchEntry(session, real))
    const album = entry && (await locate(session, entry))
    if (!entry || !album) continue
    const trashed = await onRedis(() => redis.hexists(keys.photo(album, entry.photo), 'trashed'))
    found.push({ path, album, photo: entry.photo, trashed: trashed === 1 })
  }
  return found
}

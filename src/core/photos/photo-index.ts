import { getHeapStatistics } from 'node:v8'
import { chunksOf } from '../../shared/domain/chunks.ts'
import { plainText } from '../../shared/domain/fold-text.ts'
import { indexedFields, Shared, toIndexedPhoto, type IndexedPhoto } from './indexed-photo.ts'
import { readEnds, readEvents, readHashes, readScores, readWholeSets } from '../redis/claims.ts'
import { fieldOf, photosIn } from '../events/stream-fields.ts'
import { maxTitleBytes } from '../albums/albums.ts'
import { nameTowns } from '../places/near-place.ts'
import type { Keys } from '../redis/keys.ts'
import type { Session } from '../gallery/session.ts'
import { readOfAlbums } from '../albums/shown-albums.ts'
import { albumTexts, type AlbumTexts } from './album-texts.ts'
import { keptIndexOf } from './kept-indexes.ts'
import { SharedCache } from './shared-cache.ts'
import { readShared } from './shared-reader.ts'

/** More events than this since the last look, and an album is read anew. */
const maxEvents = 500

export interface AlbumIndex {
  album: string
  /** Id of the last event of the album that is in here; '' where there was none. */
  last: string
  /** Of the album, folded. */
  title: string
  photos: Map<string, IndexedPhoto>
  words: AlbumTexts
}

/** Bytes that one photo takes, about; those in the indexes of one gallery together take a quarter of what this process may. */
const bytesOfPhoto = 480
const maxIndexedPhotos = Math.floor(getHeapStatistics().heap_size_limit / 4 / bytesOfPhoto)

/** The albums of each gallery that is open in this process. Sessions of one gallery share its `keys`. */
const indexes = new WeakMap<Keys, SharedCache<AlbumIndex>>()

const indexesOf = (keys: Keys) => {
  const there =
    indexes.get(keys) ?? new SharedCache<AlbumIndex>(maxIndexedPhotos, ({ photos }) => photos.size)
  indexes.set(keys, there)
  return there
}

/** Whether as many photos are in memory as all the indexes of a gallery together may hold, but for a tenth. */
export const isFull = ({ keys }: Session): boolean => indexesOf(keys).weight > 0.9 * maxIndexedPhotos

interface Placed {
  id: string
  score: number | null
}

/** Photos that are parsed in one go: others are answered in between. */
const readTogether = 2000

/** Reads the records of photos of which it is known where they stand. */
const readSome = async (
  { redis, keys }: Session,
  album: string,
  placed: Placed[],
  photos: Map<string, IndexedPhoto>,
) => {
  const shared = new Shared()
  for (const part of chunksOf(placed, readTogether))
    await readPart({ redis, keys }, album, part, { photos, shared })
}

const readPart = async (
  { redis, keys }: Pick<Session, 'redis' | 'keys'>,
  album: string,
  placed: Placed[],
  { photos, shared }: { photos: Map<string, IndexedPhoto>; shared: Shared },
) => {
  const rows = await readHashes(
    redis,
    placed.map(({ id }) => keys.photo(album, id)),
    indexedFields,
  )
  const read: IndexedPhoto[] = []
  placed.forEach(({ id, score }, i) => {
    const row = rows[i] ?? []
    if (score === null || row.every((value) => value === null)) photos.delete(id)
    else read.push(toIndexedPhoto(album, id, score, row, shared))
  })
  await nameTowns(read)
  for (const photo of read) photos.set(photo.id, photo)
}

/** `last`: where the album's events ended before. */
const readAll = async (session: Session, album: string, last: string): Promise<AlbumIndex> => {
  const [listed = []] = await readWholeSets(session.redis, [session.keys.albumPhotos(album)])
  const photos = new Map<string, IndexedPhoto>()
  const placed = listed.flatMap(({ id, score }) => (id === null ? [] : [{ id, score }]))
  await readSome(session, album, placed, photos)
  return { album, last, title: await titleOf(session, album), photos, words: albumTexts(photos) }
}

const titleOf = async ({ redis, keys }: Session, album: string) => {
  const [row] = await readHashes(redis, [keys.albumInfo(album)], { title: maxTitleBytes })
  return plainText(row?.[0] ?? '')
}

/** The photos that events since the last look tell of; null where they do not tell all. */
const changedSince = async ({ redis, keys }: Session, album: string, last: string) => {
  if (last === '') return null
  const [events] = await readEvents(redis, [keys.albumEvents(album)], { limit: maxEvents, from: last })
  if (!events || events[0]?.[0] !== last || events.length === maxEvents) return null
  const ids = new Set(events.slice(1).flatMap(([, fields]) => photosIn(fieldOf(fields, 'photos'))))
  return { ids: [...ids], last: events.at(-1)?.[0] ?? last }
}

const renew = async (
  session: Session,
  album: string,
  before: AlbumIndex,
  end: string,
): Promise<AlbumIndex> => {
  const changed = await changedSince(session, album, before.last)
  if (!changed) return readAll(session, album, end)
  const title = await titleOf(session, album)
  if (changed.ids.length === 0) return { ...before, title, last: changed.last }
  const photos = new Map(before.photos)
  const [scores = []] = await readScores(session.redis, [session.keys.albumPhotos(album)], changed.ids)
  const placed = changed.ids.map((id, i) => ({ id, score: scores[i] ?? null }))
  await readSome(session, album, placed, photos)
  return { album, last: changed.last, title, photos, words: albumTexts(photos, before.words, changed.ids) }
}

/** `before`: what was known of the album; `end`: where its events end now. */
const readIndex = async (session: Session, album: string, before: AlbumIndex | undefined, end: string) => {
  const known = before ?? (await keptIndexOf(session.keys, album))
  if (!known) return readAll(session, album, end)
  return known.last === end && end !== '' ? known : renew(session, album, known, end)
}

/** Where the events of albums end. Redis refuses it to a caller who may not read one of them. */
const endsOf = async (session: Session, albums: string[]) => {
  const events = albums.map((album) => session.keys.albumEvents(album))
  return (await readOfAlbums(session, 'end', { albums, keys: events }, readEnds)).map((end) => end ?? '')
}

/** Albums that are read at once. */
const readAtOnce = 64

/**
 * What is known of all photos of some albums, in the order of these. It is read once for all sessions of a gallery; afterwards
 * the album's own events tell what to read again. The caller's own connection reads where these events end before, and again
 * where it had to wait: that is the check of the caller's right, which is Redis's alone. The records themselves are read by the
 * session that reads for all, where there is one (shared-reader.ts).
 *
 * @throws FORBIDDEN where the caller may not read one of the albums
 */
export const albumIndexesOf = async (session: Session, albums: string[]): Promise<AlbumIndex[]> => {
  const ends = await endsOf(session, albums)
  const waiting = [...albums.entries()].toReversed()
  const found: AlbumIndex[] = []
  const work = async () => {
    let waited = false
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [i, album] = next
      const end = ends[i] ?? ''
      const { value, atOnce } = await indexesOf(session.keys).get(
        album,
        ({ last }) => last !== '' && last === end,
        (before) => readShared(session, (reader) => readIndex(reader, album, before, end)),
      )
      found[i] = value
      waited ||= !atOnce
    }
    return waited
  }
  const waited = await Promise.all(Array.from({ length: readAtOnce }, work))
  if (waited.includes(true)) await endsOf(session, albums)
  return found
}

/** What is in memory of an album, be it of a while ago. It knows nothing of rights. */
export const indexInMemory = ({ keys }: Session, album: string): AlbumIndex | undefined =>
  indexesOf(keys).peek(album)

/** The photos of some albums alone, in the order of these. */
export const photoIndexesOf = async (
  session: Session,
  albums: string[],
): Promise<ReadonlyMap<string, IndexedPhoto>[]> =>
  (await albumIndexesOf(session, albums)).map(({ photos }) => photos)

/**
 * What is in memory of some albums, be it of a moment ago; undefined for those that are not read yet.
 *
 * @throws FORBIDDEN where the caller may not read one of the albums
 */
export const readyIndexesOf = async (session: Session, albums: string[]) => {
  await endsOf(session, albums)
  return albums.map((album) => indexesOf(session.keys).peek(album))
}

/** The same of one album. */
export const photoIndexOf = async (session: Session, album: string) => {
  const [photos] = await photoIndexesOf(session, [album])
  return photos ?? new Map<string, IndexedPhoto>()
}

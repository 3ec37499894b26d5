import { getHeapStatistics } from 'node:v8'
import { plainText } from '../../shared/domain/fold-text.ts'
import type { PhotoLocation } from '../../shared/domain/refs.ts'
import { detailFields, line, splitField } from './photo-record.ts'
import { tieFields } from './ties.ts'
import {
  readEnds,
  readEvents,
  readHashes,
  readScores,
  readWholeSets,
  type FieldLimits,
} from '../redis/claims.ts'
import { fieldOf, photosIn } from '../events/stream-fields.ts'
import type { Keys } from '../redis/keys.ts'
import type { Session } from '../gallery/session.ts'
import { SharedCache } from './shared-cache.ts'

/** What photos are filtered and sorted by. */
export interface IndexedPhoto extends PhotoLocation {
  /** Its time in the album, in milliseconds since 1970. */
  time: number
  /** Day taken, `2024-05-31`, by the clock where it was taken; empty where unknown. */
  day: string
  title: string
  /** Of its file, as it decides among photos that are equal otherwise (ranked.ts). */
  name: string
  /** What its path begins with (pathOf). */
  folder: string
  added: number
  rating: number
  flag: string | null
  label: string | null
  /** As it was written, be it a rank or not (manual-order.ts). */
  rank: string | null
  camera: string
  missing: boolean
  video: boolean
  /** Folded. */
  tags: string[]
  /** Everything that a search for words looks at, folded (plainText). */
  text: string
}

/** The path of a photo's file, which decides among photos of one name. Folders are kept once for all their photos. */
export const pathOf = ({ folder, name }: Pick<IndexedPhoto, 'folder' | 'name'>): string =>
  folder.endsWith('\0') ? folder.slice(0, -1) : folder + name

/** Of a path that does not end in the file's name, all of it, marked by a letter that no path has. */
const folderOf = (path: string, name: string) =>
  path.endsWith(name) ? path.slice(0, path.length - name.length) : `${path}\0`

/** Values that many photos have, each kept once. */
class Shared {
  readonly #texts = new Map<string, string>()
  readonly #tags = new Map<string, string[]>()

  text(text: string): string {
    const known = this.#texts.get(text)
    if (known === undefined) this.#texts.set(text, text)
    return known ?? text
  }

  tags(field: string | null | undefined): string[] {
    const known = this.#tags.get(field ?? '') ?? splitField(field ?? undefined)
    this.#tags.set(field ?? '', known)
    return known
  }
}

/** More events than this since the last look, and an album is read anew. */
const maxEvents = 500

/** No more than these, as they are read of a hundred thousand photos. */
const { title, taken, dated, added, missing, rating, flag, label, rank, type } = detailFields
const fields = {
  ...tieFields,
  ...{ title, caption: 40_000, taken, dated, added, missing, rating, flag, label, rank },
  ...{ camera: 1024, tags: 80_400, type },
} as const satisfies FieldLimits

const asNumber = (text: string | null | undefined) => {
  const value = text ? Number(text) : Number.NaN
  return Number.isFinite(value) ? value : null
}

type Row = readonly (string | null | undefined)[]

/** What the fields of a record say, in their order. Checked by hand: schemas would take longer than Redis does. */
const toIndexedPhoto = (album: string, id: string, time: number, row: Row, shared: Shared): IndexedPhoto => {
  const [name, path, title, caption, taken, dated, added, missing, ...marked] = row
  const [rating, flag, label, rank, camera, tagged, type] = marked
  const tags = shared.tags(tagged)
  const words = [title, name, caption, camera, ...tags]
  return {
    id,
    album,
    time,
    day: shared.text(/^\d{4}-\d\d-\d\d/.exec(dated || taken || '')?.[0] ?? ''),
    title: line(title || name || id),
    name: name ?? '',
    folder: shared.text(folderOf(path ?? '', name ?? '')),
    added: Date.parse(added ?? '') || 0,
    rating: Math.min(5, Math.max(0, Math.trunc(asNumber(rating) ?? 0))),
    flag: flag || null,
    label: label || null,
    rank: rank || null,
    camera: shared.text(line(camera ?? '')),
    missing: Boolean(missing),
    video: type?.startsWith('video/') ?? false,
    tags,
    text: plainText(words.filter(Boolean).join('\n')),
  }
}

interface AlbumIndex {
  /** Id of the last event of the album that is in here; '' where there was none. */
  last: string
  photos: Map<string, IndexedPhoto>
}

/** Bytes that one photo takes, about; those in the indexes of one gallery together take a quarter of what this process may. */
const bytesOfPhoto = 450
const maxIndexedPhotos = Math.floor(getHeapStatistics().heap_size_limit / 4 / bytesOfPhoto)

/** The albums of each gallery that is open in this process. Sessions of one gallery share its `keys`. */
const indexes = new WeakMap<Keys, SharedCache<AlbumIndex>>()

const indexesOf = (keys: Keys) => {
  const there =
    indexes.get(keys) ?? new SharedCache<AlbumIndex>(maxIndexedPhotos, ({ photos }) => photos.size)
  indexes.set(keys, there)
  return there
}

interface Placed {
  id: string
  score: number | null
}

/** Reads the records of photos of which it is known where they stand. */
const readSome = async (
  { redis, keys }: Session,
  album: string,
  placed: Placed[],
  photos: Map<string, IndexedPhoto>,
) => {
  const rows = await readHashes(
    redis,
    placed.map(({ id }) => keys.photo(album, id)),
    fields,
  )
  const shared = new Shared()
  placed.forEach(({ id, score }, i) => {
    const row = rows[i] ?? []
    if (score === null || row.every((value) => value === null)) photos.delete(id)
    else photos.set(id, toIndexedPhoto(album, id, score, row, shared))
  })
}

/** `last`: where the album's events ended before. */
const readAll = async (session: Session, album: string, last: string): Promise<AlbumIndex> => {
  const [listed = []] = await readWholeSets(session.redis, [session.keys.albumPhotos(album)])
  const photos = new Map<string, IndexedPhoto>()
  const placed = listed.flatMap(({ id, score }) => (id === null ? [] : [{ id, score }]))
  await readSome(session, album, placed, photos)
  return { last, photos }
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
  if (changed.ids.length === 0) return { ...before, last: changed.last }
  const photos = new Map(before.photos)
  const [scores = []] = await readScores(session.redis, [session.keys.albumPhotos(album)], changed.ids)
  const placed = changed.ids.map((id, i) => ({ id, score: scores[i] ?? null }))
  await readSome(session, album, placed, photos)
  return { last: changed.last, photos }
}

/** Where the events of albums end. Redis refuses it to a caller who may not read one of them. */
const endsOf = async ({ redis, keys }: Session, albums: string[]) => {
  const events = albums.map((album) => keys.albumEvents(album))
  return (await readEnds(redis, events)).map((end) => end ?? '')
}

/** Albums that are read at once. */
const readAtOnce = 16

/**
 * What is known of all photos of some albums, in the order of these. It is read once for all sessions of a gallery; afterwards
 * the album's own events tell what to read again. The caller's own connection reads where these events end before, and again
 * where it had to wait: that is the check of the caller's right, which is Redis's alone.
 *
 * @throws FORBIDDEN where the caller may not read one of the albums
 */
export const photoIndexesOf = async (
  session: Session,
  albums: string[],
): Promise<ReadonlyMap<string, IndexedPhoto>[]> => {
  const ends = await endsOf(session, albums)
  const waiting = [...albums.entries()].toReversed()
  const found: AlbumIndex['photos'][] = []
  const work = async () => {
    let waited = false
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [i, album] = next
      const end = ends[i] ?? ''
      const { value, atOnce } = await indexesOf(session.keys).get(
        album,
        ({ last }) => last !== '' && last === end,
        (before) => (before ? renew(session, album, before, end) : readAll(session, album, end)),
      )
      found[i] = value.photos
      waited ||= !atOnce
    }
    return waited
  }
  const waited = await Promise.all(Array.from({ length: readAtOnce }, work))
  if (waited.includes(true)) await endsOf(session, albums)
  return found
}

/** The same of one album. */
export const photoIndexOf = async (session: Session, album: string) => {
  const [photos] = await photoIndexesOf(session, [album])
  return photos ?? new Map<string, IndexedPhoto>()
}

import { callFunction } from '../redis/call-function.ts'
import { chunksOf } from '../../shared/domain/chunks.ts'
import { readOfAlbums } from '../albums/shown-albums.ts'
import type { Session } from '../gallery/session.ts'
import { readEnds } from '../redis/claims.ts'
import type { Keys } from '../redis/keys.ts'
import { readShared } from './shared-reader.ts'

/** Tags of one album that are looked at. */
const maxAlbumTags = 20_000
/** Albums whose tags are read in one call, so that Redis answers others in between. */
const maxAlbumsPerCall = 200
/** Tags of albums that are kept of one gallery together, of which each takes some 100 bytes. */
const maxKeptTags = 1_000_000

/** A tag of one album, or a branch above one: folded, as it is written, and how many photos carry it; `within`: it or one below. */
export interface AlbumTag {
  tag: string
  name: string
  photos: number
  within: number
}

interface Known {
  /** Where the album's events ended before its tags were read. */
  end: string
  tags: AlbumTag[]
}

/** What was read of the albums of each gallery that is open in this process; what was read last stands last. */
class KnownTags {
  readonly #albums = new Map<string, Known>()
  #count = 0

  /** The tags of an album, as long as nothing was told of it since. */
  get(album: string, end: string): AlbumTag[] | undefined {
    const known = this.#albums.get(album)
    return end !== '' && known?.end === end ? known.tags : undefined
  }

  set(album: string, known: Known) {
    this.#forget(album)
    this.#albums.set(album, known)
    this.#count += known.tags.length
    for (const oldest of this.#albums.keys()) {
      if (this.#count <= maxKeptTags) return
      this.#forget(oldest)
    }
  }

  #forget(album: string) {
    this.#count -= this.#albums.get(album)?.tags.length ?? 0
    this.#albums.delete(album)
  }
}

const galleries = new WeakMap<Keys, KnownTags>()

const knownOf = (keys: Keys) => {
  const there = galleries.get(keys) ?? new KnownTags()
  galleries.set(keys, there)
  return there
}

const isCount = (photos: number) => Number.isSafeInteger(photos) && photos >= 0 && photos < 1e9

const isCounted = ({ tag, name, photos, within }: AlbumTag) =>
  isCount(photos) && isCount(within) && photos + within > 0 && !/\p{Cc}/u.test(tag + name)

const toTags = (flat: string[]): AlbumTag[] =>
  Array.from({ length: flat.length / 4 }, (_, i) => ({
    tag: flat[4 * i] ?? '',
    photos: Number(flat[4 * i + 1]),
    within: Number(flat[4 * i + 2]),
    name: flat[4 * i + 3] ?? '',
  })).filter(isCounted)

/**
 * What albums say of their tags, in the order of the albums. It is read anew where an album's events tell that something has
 * changed. The caller's own connection reads where these end: Redis refuses that of an album that the caller may not read.
 * A count that is none, or more than photos can be, is left out with its tag.
 */
export const tagsOfAlbums = async (session: Session, albums: string[]): Promise<AlbumTag[][]> => {
  const { keys } = session
  const known = knownOf(keys)
  const events = albums.map((album) => keys.albumEvents(album))
  const ends = (await readOfAlbums(session, 'end', { albums, keys: events }, readEnds)).map(
    (end) => end ?? '',
  )
  const found = albums.map((album, i) => known.get(album, ends[i] ?? ''))
  const missing = albums.flatMap((album, i) => (found[i] ? [] : [{ album, i }]))
  for (const part of chunksOf(missing, maxAlbumsPerCall)) {
    const sets = part.flatMap(({ album }) => [
      keys.albumTags(album),
      keys.albumTagNames(album),
      keys.albumTag(album),
    ])
    const answers = await readShared(session, (reader) =>
      callFunction(reader.redis, 'read-tags', sets, [maxAlbumTags]),
    )
    part.forEach(({ album, i }, n) => {
      const answer = answers[n] ?? -1
      const tags = typeof answer === 'number' ? [] : toTags(answer)
      found[i] = tags
      known.set(album, { end: ends[i] ?? '', tags })
    })
  }
  // Rights may have been taken meanwhile.
  if (missing.length > 0) await readOfAlbums(session, 'end', { albums, keys: events }, readEnds)
  return found.map((tags) => tags ?? [])
}

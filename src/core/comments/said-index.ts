import { plainText } from '../../shared/domain/fold-text.ts'
import { chunksOf } from '../../shared/domain/chunks.ts'
import { readOfAlbums } from '../albums/shown-albums.ts'
import type { Session } from '../gallery/session.ts'
import { readShared } from '../photos/shared-reader.ts'
import { SharedCache } from '../photos/shared-cache.ts'
import { readEnds } from '../redis/claims.ts'
import { results } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'
import { readWriters } from './commenters.ts'
import { readFound, saidIn, type Found } from './found-comments.ts'

/** A comment as searches look at it. */
export interface Said extends Found {
  /** Its words, folded. */
  plain: string
}

interface AlbumSaid {
  /** Id of the last event of what is said in the album; '' where there was none. */
  last: string
  said: Said[]
}

/** Characters of all comments of one gallery that are kept in memory; those of an album that was not asked for go first. */
const maxKeptCharacters = 50_000_000
/** Beside its words. */
const charactersOfComment = 100

/** What was said in the albums of each gallery that is open in this process. Sessions of one gallery share its `keys`. */
const kept = new WeakMap<Keys, SharedCache<AlbumSaid>>()

const weightOf = ({ said }: AlbumSaid) =>
  said.reduce((sum, { plain }) => sum + charactersOfComment + 2 * plain.length, 1)

const keptOf = (keys: Keys) => {
  const there = kept.get(keys) ?? new SharedCache<AlbumSaid>(maxKeptCharacters, weightOf)
  kept.set(keys, there)
  return there
}

/** A comment with its words as searches look at them. */
export const toSaid = (found: Found): Said => ({ ...found, plain: plainText(saidIn(found).text) })

const readAll = async (session: Session, album: string, last: string): Promise<AlbumSaid> => {
  const writers = [...(await readWriters(session, album)).keys()]
  return { last, said: (await readFound(session, album, { writers, photo: '*' })).map(toSaid) }
}

const albumsPerCall = 500

/** Of albums in which no event tells of a comment, those that have some all the same: somebody deleted these events by hand. */
const notSilent = async (session: Session, albums: string[]): Promise<Set<string>> => {
  const { redis, keys } = session
  const found = new Set<string>()
  for (const part of chunksOf(albums, albumsPerCall)) {
    const asked = redis.pipeline()
    for (const album of part) asked.hgetall(keys.commenters(album))
    const writers = results<Record<string, string>>(await asked.exec()).map(Object.keys)
    const there = redis.pipeline()
    part.forEach((album, i) => {
      const [maker = ''] = album.split('~')
      there.exists(...[maker, ...(writers[i] ?? [])].map((writer) => keys.comments(album, writer)))
    })
    for (const [i, count] of results<number>(await there.exec()).entries())
      if (count > 0) found.add(part[i] ?? '')
  }
  return found
}

/**
 * What was said in some albums that the caller may read, in the order of these; hidden comments too. It is read once for all
 * sessions of a gallery, and again where the events of what is said there have gone on. Who shows any of it to the caller asks Redis
 * first whether it may be read by the caller (shown-comments.ts).
 */
export const saidIndexesOf = async (session: Session, albums: string[]): Promise<Said[][]> => {
  const keys = albums.map((album) => session.keys.talkEvents(album))
  const ends = (await readOfAlbums(session, 'talk-end', { albums, keys }, readEnds)).map((end) => end ?? '')
  const cache = keptOf(session.keys)
  const unknown = albums.filter((album, i) => ends[i] === '' && cache.peek(album)?.last !== '')
  const spoken = await readShared(session, (reader) => notSilent(reader, unknown))
  const silent = new Set(unknown.filter((album) => !spoken.has(album)))
  const found: Said[][] = []
  for (const [i, album] of albums.entries()) {
    const end = ends[i] ?? ''
    const read = () => readShared(session, (reader) => readAll(reader, album, end))
    const make = () => (silent.has(album) ? Promise.resolve({ last: '', said: [] }) : read())
    found.push((await cache.get(album, ({ last }) => last === end, make)).value.said)
  }
  return found
}

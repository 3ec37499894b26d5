import { chunksOf } from '../../../shared/domain/chunks.ts'
import { hasCode } from '../../../shared/errors.ts'
import { knownAlbums } from '../../albums/visible-albums.ts'
import { onRedis, results } from '../../redis/errors.ts'
import type { Session } from '../../gallery/session.ts'
import type { Entry } from '../index/file-index.ts'

/** Albums asked about in one pipeline, so that Redis answers others in between. */
const pipelineSize = 1000

/** Whether the session can read a record of a photo in an album. A right that it does not have is a no. */
const holds = async ({ redis, keys }: Session, album: string, photo: string): Promise<boolean> => {
  try {
    return (await onRedis(() => redis.exists(keys.photo(album, photo)))) === 1
  } catch (error) {
    if (hasCode(error, 'FORBIDDEN')) return false
    throw error
  }
}

/** The albums that have a record of a photo, of those that the session can look into, the trash included. */
const holdersOf = async (session: Session, photo: string): Promise<string[]> => {
  const { redis, keys } = session
  const albums = await knownAlbums(session)
  const holders: string[] = []
  for (const part of chunksOf(albums, pipelineSize)) {
    const asked = redis.pipeline()
    for (const album of part) asked.exists(keys.photo(album, photo))
    const there = results<number>(await onRedis(() => asked.exec()))
    holders.push(...part.filter((_, i) => there[i] === 1))
  }
  return holders
}

const holdsAll = async (session: Session, albums: string[], photo: string) => {
  for (const album of albums) if (!(await holds(session, album, photo))) return false
  return true
}

/**
 * Says whether an original may be shown as that of a photo in an album. Whoever may write to an album can make a record
 * of a known id there, so it is the host's own sessions that say where the photo really is: in the album where it was
 * last, as long as that has it; after a move in the one album that has it. Where several claim it, only who can read it
 * in each of them learns nothing new by it.
 */
export class Holders {
  readonly #host: Session
  /** Searches through all albums that are under way, by photo: many who ask at once are one search. */
  readonly #searches = new Map<string, Promise<string[]>>()

  constructor(host: Session) {
    this.#host = host
  }

  /** `moved`: as `yes`, and the index does not know yet. The caller must be able to read the record in `album`. */
  async serves(caller: Session, album: string, entry: Entry): Promise<'yes' | 'moved' | 'no'> {
    if (entry.album === album) return 'yes'
    if (await holds(this.#host, entry.album, entry.photo)) return 'no'
    const holders = await this.#search(entry.photo)
    if (!holders.includes(album)) return 'no'
    if (holders.length === 1) return 'moved'
    return (await holdsAll(caller, holders, entry.photo)) ? 'yes' : 'no'
  }

  #search(photo: string): Promise<string[]> {
    const running = this.#searches.get(photo)
    if (running) return running
    const search = holdersOf(this.#host, photo).finally(() => this.#searches.delete(photo))
    this.#searches.set(photo, search)
    return search
  }
}

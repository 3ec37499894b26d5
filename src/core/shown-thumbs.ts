import { readableAlbums } from './reach.ts'
import { onRedis, results } from './redis/errors.ts'
import type { Session } from './session.ts'

interface AlbumThumbs {
  /** The last event of the album when they were read. */
  last: string
  names: Set<string>
}

/** Photos asked for in one pipeline. */
const chunk = 1000

/**
 * Which thumbnails the albums show that somebody without an account may see. Redis gives a thumbnail to everybody who knows
 * its name, which only readers of its photo can; over HTTP those who are not logged in get no other than these all the same.
 */
export class ShownThumbs {
  readonly #albums = new Map<string, AlbumThumbs>()

  /** Whether one of the albums that the session may read shows a thumbnail. */
  has = (session: Session, name: string): Promise<boolean> =>
    onRedis(async () => {
      const albums = await readableAlbums(session)
      if (this.#known(albums, name)) return true
      await this.#renew(session, albums)
      return this.#known(albums, name)
    })

  #known(albums: string[], name: string) {
    return albums.some((album) => this.#albums.get(album)?.names.has(name))
  }

  /** Reads again what has changed; an album that is shown no more is forgotten. */
  async #renew(session: Session, albums: string[]) {
    const { redis, keys } = session
    for (const album of this.#albums.keys()) if (!albums.includes(album)) this.#albums.delete(album)
    const asked = redis.pipeline()
    for (const album of albums) asked.xrevrange(keys.albumEvents(album), '+', '-', 'COUNT', 1)
    const ends = results<[string, string[]][]>(await asked.exec()).map((entries) => entries[0]?.[0] ?? '')
    for (const [i, album] of albums.entries()) {
      const last = ends[i] ?? ''
      if (this.#albums.get(album)?.last === last) continue
      this.#albums.set(album, { last, names: await readNames(session, album) })
    }
  }
}

const readNames = async ({ redis, keys }: Session, album: string) => {
  const names = new Set<string>()
  const ids = await redis.zrange(keys.albumPhotos(album), 0, '-1')
  for (let start = 0; start < ids.length; start += chunk) {
    const asked = redis.pipeline()
    for (const id of ids.slice(start, start + chunk)) asked.hget(keys.photo(album, id), 'thumb')
    for (const name of results<string | null>(await asked.exec())) if (name) names.add(name)
  }
  return names
}

import { readableAlbums } from '../albums/visible-albums.ts'
import { readEnds } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import type { Session } from '../gallery/session.ts'
import { photosIn } from './shown.ts'

interface AlbumThumbs {
  /** The last event of the album when they were read. */
  last: string
  names: Set<string>
}

/** An album whose events were spoiled cannot tell that it changed: it is read again after this time, in milliseconds. */
const spoiledAlbumMs = 10_000

/**
 * Which thumbnails the albums show that a guest may see. Redis gives a thumbnail to every client that knows
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
    const ends = await readEnds(
      redis,
      albums.map((album) => keys.albumEvents(album)),
    )
    const spoiled = `spoiled ${Math.trunc(Date.now() / spoiledAlbumMs)}`
    for (const [i, album] of albums.entries()) {
      const last = ends[i] ?? spoiled
      if (this.#albums.get(album)?.last === last) continue
      this.#albums.set(album, { last, names: await readNames(session, album) })
    }
  }
}

const readNames = async (session: Session, album: string) => {
  const names = new Set<string>()
  for await (const part of photosIn(session, [album], { trash: false }))
    for (const { thumb } of part) if (thumb) names.add(thumb)
  return names
}

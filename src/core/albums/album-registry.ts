import { stemOf } from '../gallery/ids.ts'
import type { Keys } from '../redis/keys.ts'
import type { Session } from '../gallery/session.ts'

/** Where albums are listed, each by its id and by its title, and what happens to the list is told. */
export interface Book {
  albums: string
  titles: string
  events: string
}

const gallery = (keys: Keys): Book => ({ albums: keys.albums, titles: keys.titles, events: keys.events })

const own = (keys: Keys, stem: string): Book => ({
  albums: keys.madeAlbums(stem),
  titles: keys.madeTitles(stem),
  events: keys.madeEvents(stem),
})

/**
 * Where an album is listed: in the gallery's book, or in that of the account that made it as its own. An account may write
 * in no other, and learns nothing from it: not even that a title is taken by an album that it may not see.
 */
export const bookOf = (keys: Keys, album: string): Book => {
  const stem = stemOf(album)
  return stem === null ? gallery(keys) : own(keys, stem)
}

/** Where the albums are listed that a session makes. */
export const newBook = ({ keys, stem }: Session): Book => (stem === null ? gallery(keys) : own(keys, stem))

/** Every book of albums. Administrators. */
export const allBooks = async ({ redis, keys }: Session): Promise<Book[]> => [
  gallery(keys),
  ...(await redis.smembers(keys.makers)).map((stem) => own(keys, stem)),
]

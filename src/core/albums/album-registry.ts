import { ownIdPrefixOf } from '../gallery/ids.ts'
import type { Keys } from '../redis/keys.ts'
import type { Session } from '../gallery/session.ts'

/** Where albums are listed, each by its id and by its title, and what happens to the list is told. */
export interface AlbumRegistry {
  albums: string
  titles: string
  events: string
}

const gallery = (keys: Keys): AlbumRegistry => ({
  albums: keys.albums,
  titles: keys.titles,
  events: keys.events,
})

const own = (keys: Keys, ownIdPrefix: string): AlbumRegistry => ({
  albums: keys.madeAlbums(ownIdPrefix),
  titles: keys.madeTitles(ownIdPrefix),
  events: keys.madeEvents(ownIdPrefix),
})

/**
 * Where an album is listed: in the gallery's registry, or in that of the account that made it as its own. An account may write
 * in no other, and learns nothing from it: not even that a title is taken by an album that it may not see.
 */
export const registryOf = (keys: Keys, album: string): AlbumRegistry => {
  const ownIdPrefix = ownIdPrefixOf(album)
  return ownIdPrefix === null ? gallery(keys) : own(keys, ownIdPrefix)
}

/** Where the albums are listed that a session makes. */
export const registryForNew = ({ keys, identity: { ownIdPrefix } }: Session): AlbumRegistry =>
  ownIdPrefix === null ? gallery(keys) : own(keys, ownIdPrefix)

/** Every registry of albums. Administrators. */
export const allRegistries = async ({ redis, keys }: Session): Promise<AlbumRegistry[]> => [
  gallery(keys),
  ...(await redis.smembers(keys.makers)).map((ownIdPrefix) => own(keys, ownIdPrefix)),
]

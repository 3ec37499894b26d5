import type { Rights } from '../redis/acl/acl-rules.ts'
import { readEnds } from '../redis/claims.ts'
import type { Connection } from '../redis/connection.ts'
import type { Keys } from '../redis/keys.ts'
import { timeOfEntry } from '../events/stream-fields.ts'

/** With rights on fewer albums than this, no order is felt. */
const manyAlbums = 100

/** When something happened last in albums, in milliseconds since 1970. One in which nothing has happened yet is new. */
const readLastUses = async (redis: Connection, keys: Keys, albums: string[]) => {
  const ends = await readEnds(
    redis,
    albums.map((album) => keys.albumEvents(album)),
  )
  return new Map(albums.map((album, i) => [album, ends[i] ? timeOfEntry(ends[i]) : Number.MAX_SAFE_INTEGER]))
}

/**
 * The same accounts, those with rights on many albums with these in another order: where something happened last, first. Redis compares
 * a key with one pattern of an account after the other, in the order in which they were given, so that albums that are worked on are
 * found soon. It changes no right: what stands in the streams is a claim, and is asked for nothing else. Where it cannot be read, the
 * order stays as it is. Administrators, and the program's own account.
 */
export const inOrderOfUse = async (
  redis: Connection,
  keys: Keys,
  accounts: readonly Rights[],
): Promise<Rights[]> => {
  const hasMany = ({ role, grants }: Rights) => role === 'member' && grants.size >= manyAlbums
  const albums = [...new Set(accounts.filter(hasMany).flatMap(({ grants }) => [...grants.keys()]))]
  const used = await readLastUses(redis, keys, albums).catch(() => new Map<string, number>())
  const order = (id: string) => used.get(id) ?? 0
  return accounts.map((rights) =>
    hasMany(rights)
      ? { ...rights, grants: new Map([...rights.grants].sort(([a], [b]) => order(b) - order(a))) }
      : rights,
  )
}

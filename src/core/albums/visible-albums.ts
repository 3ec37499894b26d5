import { AlbumId } from '../../shared/schemas/ids.ts'
import type { GrantedLevel } from '../../shared/schemas/access.ts'
import { guestName } from '../redis/acl/redis-users.ts'
import { readAlbumIds, type AlbumSet } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'
import { refreshIdentity, type Identity, type Session } from '../gallery/session.ts'

/** What an account lists as its own albums: a claim of that account. */
export const madeSet = (keys: Keys, ownIdPrefix: string): AlbumSet => ({
  key: keys.madeAlbums(ownIdPrefix),
  ownIdPrefix,
  events: keys.madeEvents(ownIdPrefix),
  albums: keys.albumKeys(ownIdPrefix),
})

/**
 * Every album that is not in the trash, those that accounts made as their own among them; `anew` as in `readAlbumIds`.
 * Administrators and the service account.
 */
export const allAlbums = async ({ redis, keys }: Session, anew = false): Promise<string[]> => {
  const [makers, deleted] = await Promise.all([
    redis.smembers(keys.makers),
    redis.zrange(keys.deletedAlbums, 0, '-1'),
  ])
  const listed = { key: keys.albums, ownIdPrefix: '', events: keys.events, albums: keys.albums }
  const sets = [listed, ...makers.map((ownIdPrefix) => madeSet(keys, ownIdPrefix))]
  const ids = await readAlbumIds(redis, sets, anew)
  const gone = new Set(deleted)
  return ids.filter((id) => !gone.has(id))
}

/** The albums and collections that guests may see. The visitor of a link and a token for some albums are not told that there are any. */
export const publicIds = ({ redis, keys, identity }: Session): Promise<string[]> =>
  identity.limited ? Promise.resolve([]) : redis.smembers(keys.public)

/**
 * The albums, or the collections, of a session that is no administrator's, with its right on each. `setOf`: what an account lists as
 * its own of them; `schema`: of their ids.
 */
export const ownRights = async (
  session: Session,
  setOf: typeof madeSet,
  schema: typeof AlbumId,
): Promise<Map<string, GrantedLevel>> => {
  const { redis, keys, account, guest } = session
  const { ownIdPrefix, tokenOf } = session.identity
  const [shown, rights, made] = await Promise.all([
    publicIds(session),
    guest ? {} : redis.hgetall(keys.effective(account)),
    ownIdPrefix === null ? [] : readAlbumIds(redis, [setOf(keys, ownIdPrefix)]),
  ])
  const found = new Map<string, GrantedLevel>(shown.map((id) => [id, 'read']))
  for (const [id, right] of Object.entries(rights))
    found.set(id, right === 'modify' || right === 'comment' ? right : 'read')
  for (const id of made) found.set(id, tokenOf === null ? 'modify' : 'read')
  return new Map([...found].filter(([id]) => schema.safeParse(id).success))
}

const seesAlike = (one: Identity, other: Identity) =>
  one.administrator === other.administrator &&
  one.ownIdPrefix === other.ownIdPrefix &&
  one.share === other.share &&
  one.readsAll === other.readsAll

/** An administrator may have changed the account since the session was opened: where Redis refuses, it is looked at again. */
const asNow = <T>(session: Session, work: () => Promise<T>): Promise<T> =>
  onRedis(async () => {
    try {
      return await work()
    } catch (error) {
      const before = session.identity
      if (seesAlike(before, await refreshIdentity(session))) throw error
      return work()
    }
  })

/** The albums that the session may see, with its right on each. Redis refuses the rest, whatever this says. */
export const visibleAlbums = async (session: Session): Promise<Map<string, GrantedLevel>> =>
  asNow(session, async () => {
    const { administrator, readsAll } = session.identity
    if (!administrator && !readsAll) return ownRights(session, madeSet, AlbumId)
    return new Map((await allAlbums(session)).map((id) => [id, readsAll ? 'read' : 'modify'] as const))
  })

/** The ids of the albums that the session may read. */
export const readableAlbums = async (session: Session): Promise<string[]> => [
  ...(await visibleAlbums(session)).keys(),
]

/** The ids of the albums that a saved search looks through for the session: `album`, or all where that is null. */
export const searchedAlbums = async (session: Session, album: string | null): Promise<string[]> =>
  (await readableAlbums(session)).filter((id) => album === null || id === album).sort()

/** The ids of the albums that the session may modify. */
export const modifiableAlbums = async (session: Session): Promise<string[]> =>
  [...(await visibleAlbums(session))].flatMap(([album, right]) => (right === 'modify' ? [album] : []))

/** The ids of the albums in the trash: for administrators and service accounts, as no other account has a right on them. */
export const deletedAlbums = async ({ redis, keys, identity }: Session): Promise<string[]> => {
  if (!identity.administrator && !identity.service) return []
  const ids = await onRedis(() => redis.zrange(keys.deletedAlbums, 0, '-1'))
  return ids.filter((id) => AlbumId.safeParse(id).success)
}

/** Every album that the session can look into, the trash included: all there are, for administrators and service accounts. */
export const knownAlbums = async (session: Session): Promise<string[]> => {
  const all = session.identity.service
    ? await onRedis(() => allAlbums(session))
    : await readableAlbums(session)
  return [...new Set([...all, ...(await deletedAlbums(session))])]
}

/** The streams of albums that were made, renamed or deleted: those of the registries that the session may read. */
export const registryStreams = async (session: Session): Promise<string[]> =>
  asNow(session, async () => {
    const { redis, keys } = session
    const { administrator, ownIdPrefix } = session.identity
    if (!administrator) return ownIdPrefix === null ? [] : [keys.madeEvents(ownIdPrefix)]
    const makers = await redis.smembers(keys.makers)
    return [keys.events, ...makers.map((maker) => keys.madeEvents(maker))]
  })

/** The streams that tell a session of albums that came or went for it. */
export const controlStreams = async (session: Session): Promise<string[]> => {
  const { keys, account, guest } = session
  return [keys.accountEvents(guest ? guestName : account), ...(await registryStreams(session))]
}

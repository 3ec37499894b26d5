import { guestName } from './redis/acl.ts'
import { onRedis } from './redis/errors.ts'
import { refreshSession, type Session } from './session.ts'

/** Every album that is not in the trash, those that accounts made as their own among them. Administrators. */
const allAlbums = async ({ redis, keys }: Session): Promise<string[]> => {
  const makers = await redis.smembers(keys.makers)
  const made = makers.map((stem) => keys.madeAlbums(stem))
  const ids = await redis.sunion(keys.albums, ...made)
  // What an account writes among its own albums is its own affair, as far as they are its own.
  return makers.length === 0 ? ids : ids.filter((id) => !/[^\w.~-]/.test(id))
}

const rightsOf = async (session: Session): Promise<Map<string, string>> => {
  const { redis, keys, account, stem, guest } = session
  if (guest) return new Map()
  const [rights, made] = await Promise.all([
    redis.hgetall(keys.effective(account)),
    stem === null ? [] : redis.smembers(keys.madeAlbums(stem)),
  ])
  const own = made.filter((album) => stem !== null && album.startsWith(stem))
  return new Map([...Object.entries(rights), ...own.map((album) => [album, 'modify'] as const)])
}

/** An administrator may have changed the account since the session was opened: where Redis refuses, it is looked at again. */
const asNow = <T>(session: Session, work: () => Promise<T>): Promise<T> =>
  onRedis(async () => {
    try {
      return await work()
    } catch (error) {
      const before = [session.administrator, session.stem, session.share].join()
      await refreshSession(session)
      if ([session.administrator, session.stem, session.share].join() === before) throw error
      return work()
    }
  })

/** The ids of the albums that the session may read. Redis refuses the rest, whatever this says. */
export const readableAlbums = async (session: Session): Promise<string[]> =>
  asNow(session, async () => {
    const { redis, keys, administrator, share } = session
    if (administrator) return allAlbums(session)
    const [shown, rights] = await Promise.all([share ? [] : redis.smembers(keys.public), rightsOf(session)])
    return [...new Set([...shown, ...rights.keys()])]
  })

/** The ids of the albums that the session may modify. */
export const modifiableAlbums = async (session: Session): Promise<string[]> =>
  asNow(session, async () => {
    if (session.administrator) return allAlbums(session)
    return [...(await rightsOf(session))].flatMap(([album, right]) => (right === 'modify' ? [album] : []))
  })

/** The ids of the albums in the trash: for administrators, as nobody else has a right on them. */
export const deletedAlbums = async ({ redis, keys, administrator }: Session): Promise<string[]> =>
  administrator ? onRedis(() => redis.zrange(keys.deletedAlbums, 0, '-1')) : []

/** The streams of albums that were made, renamed or deleted: those of the books that the session may read. */
export const bookStreams = async (session: Session): Promise<string[]> =>
  asNow(session, async () => {
    const { redis, keys, administrator, stem } = session
    if (!administrator) return stem === null ? [] : [keys.madeEvents(stem)]
    const makers = await redis.smembers(keys.makers)
    return [keys.events, ...makers.map((maker) => keys.madeEvents(maker))]
  })

/** The streams that tell a session of albums that came or went for it. */
export const controlStreams = async (session: Session): Promise<string[]> => {
  const { keys, account, guest } = session
  return [keys.accountEvents(guest ? guestName : account), ...(await bookStreams(session))]
}

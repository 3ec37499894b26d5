import { GalleryError } from '../../shared/errors.ts'
import type { LiveSession } from '../../shared/schemas/account.ts'
import { TokenName } from '../../shared/schemas/ids.ts'
import { guestName, redisUser } from '../redis/acl/redis-users.ts'
import { killClients, ownClientIds, readClients, type Client } from '../redis/clients.ts'
import { onRedis } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'
import type { Session } from '../gallery/session.ts'
import { note } from './audit-log.ts'
import { markSignedOut } from './signed-out.ts'

/** How long a session that was signed out is remembered, in seconds: longer than any shell keeps one. */
const endedMemorySeconds = 30 * 24 * 60 * 60
/** Sessions of one account that are told apart by their names; what more there is, is one with the unnamed ones. */
const maxNamedSessions = 50
/** Characters that are shown of a name that came from outside. */
const maxNameLength = 80

/** Where a session runs: which program, on which computer, and from which address where that is another. */
export interface Whereabouts {
  shell: string
  host: string
  id: string
  from?: string
}

/** The name that the connections of a session have in Redis, from which its list of sessions is made. */
export const connectionName = ({ shell, host, id, from = '' }: Whereabouts) =>
  ['cimaise', shell, host, id, encodeURIComponent(from)].join(':')

const decoded = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A text that any client may have chosen: short, and without characters that hide or turn what stands beside them. */
const shown = (text: string) => text.replace(/\p{C}/gu, '').slice(0, maxNameLength)

/** What a connection says of itself; null where it is another program's. */
export const whereaboutsOf = ({ name }: Client): Whereabouts | null => {
  const [app, shell = '', host = '', id = '', from = ''] = name.split(':')
  if (app !== 'cimaise' || !['desktop', 'browser', 'cli'].includes(shell)) return null
  if (!/^[0-9A-Za-z]{8}$/.test(id)) return null
  return { shell, host: shown(host), id, from: shown(decoded(from)) }
}

const nameOf = (keys: Keys, user: string) =>
  keys.gallery === 'cimaise' ? user : user.slice(keys.gallery.length + 1)

/** The connections that are one session, as far as Redis and their names tell. */
interface Group {
  account: string
  /** Names the session among those of its account. */
  id: string
  whereabouts: Omit<Whereabouts, 'id'>
  clients: Client[]
  own: boolean
}

/** The id under which connections without a name that we gave are one, by where they come from. */
const strangersId = ({ address }: Client) => `@${address.slice(-60)}`

/** Puts connections together that are one session. */
class Groups {
  readonly #named = new Map<string, number>()
  readonly #groups = new Map<string, Group>()

  get all() {
    return [...this.#groups.values()]
  }

  /** `whereabouts`: what a connection says of itself and is believed; null for a stranger's. */
  add(account: string, client: Client, whereabouts: Whereabouts | null, own: boolean) {
    const told = whereabouts && this.#hasRoom(account, whereabouts.id) ? whereabouts : null
    const id = told?.id ?? strangersId(client)
    const group = this.#groups.get(`${account} ${id}`) ?? {
      ...{ account, id, clients: [], own: false },
      whereabouts: told ?? { shell: 'other', host: shown(client.address) },
    }
    group.clients.push(client)
    group.own ||= own
    this.#groups.set(`${account} ${id}`, group)
  }

  #hasRoom(account: string, id: string) {
    if (this.#groups.has(`${account} ${id}`)) return true
    const count = (this.#named.get(account) ?? 0) + 1
    if (count <= maxNamedSessions) this.#named.set(account, count)
    return count <= maxNamedSessions
  }
}

/** All sessions. A connection that calls itself by the name of the session that asks, and is not its own, is a stranger. */
const readGroups = async ({ redis, keys, account, id }: Session): Promise<Group[]> => {
  const own = new Set(ownClientIds(redis))
  const groups = new Groups()
  for (const client of (await readClients(redis)).toSorted((a, b) => b.age - a.age)) {
    const name = nameOf(keys, client.user)
    if (redisUser(keys, name) !== client.user) continue
    const isOwn = name === account && own.has(client.id)
    const whereabouts = whereaboutsOf(client)
    const pretends = name === account && whereabouts?.id === id && !isOwn
    groups.add(name, client, pretends ? null : whereabouts, isOwn)
  }
  return groups.all
}

/** A server's connections for scripts are nobody's session: their tokens are ended, not they. */
const isToken = (account: string) => TokenName.safeParse(account).success

/** Who is logged in, where, and for how long: Cimaise's own sessions, and other programs' connections. Administrators. */
export const listSessions = (session: Session): Promise<LiveSession[]> =>
  onRedis(async () => {
    const { redis, keys } = session
    const accounts = new Set(await redis.smembers(keys.users))
    return (await readGroups(session))
      .filter(({ account }) => account !== guestName && accounts.has(account) && !isToken(account))
      .map(({ account, id, whereabouts, clients, own }) => ({
        id,
        account,
        shell: whereabouts.shell,
        host: whereabouts.from || whereabouts.host,
        age: Math.max(...clients.map(({ age }) => age)),
        idle: Math.min(...clients.map(({ idle }) => idle)),
        own,
      }))
  })

/** Has sessions of an account count no more. Administrators. */
export const rememberEnded = async (
  { redis, keys }: Pick<Session, 'redis' | 'keys'>,
  account: string,
  ids: string[],
): Promise<void> => {
  await redis.sadd(keys.ended(account), ...ids)
  await redis.expire(keys.ended(account), endedMemorySeconds)
}

/** Ends connections of an account; what they belong to sees that it was signed out when it comes back. */
const end = async ({ redis, keys }: Session, account: string, clients: Client[], spared: Set<string>) => {
  const ids = new Set(clients.map((client) => whereaboutsOf(client)?.id ?? ''))
  // What called itself like a session that is spared must not take that with it.
  const marked = [...ids].filter((id) => id !== '' && !spared.has(id)).slice(0, 1000)
  if (marked.length > 0) await rememberEnded({ redis, keys }, account, marked)
  await killClients(
    redis,
    clients.map(({ id }) => id),
  )
}

/** Signs one session out. NOT_FOUND where it has ended by itself. Administrators. */
export const endSession = (session: Session, account: string, id: string): Promise<void> =>
  onRedis(async () => {
    const groups = await readGroups(session)
    const group = groups.find((one) => one.account === account && one.id === id)
    if (!group) throw new GalleryError('NOT_FOUND', 'sessionEnded')
    // Strangers may carry the names of sessions that stay.
    const others = group.whereabouts.shell === 'other' ? groups.filter((one) => one !== group) : []
    await end(session, account, group.clients, new Set(others.map((one) => one.id)))
    await note(session, 'signed-out', account)
  })

/** What is left alone when an account is signed out. */
export interface Spared {
  /** A session, so that it does not take itself for signed out. */
  session: string
  /** Its connections (redis/clients.ts). Redis says whose they are: another account's are not touched anyway. */
  clients: readonly string[]
  /** Seconds: a younger connection is another one, which got the number after Redis had started again. */
  minAge?: number
}

/** The session that asks, for what it does to its own account. */
export const oneself = ({ redis, id }: Session): Spared => ({ session: id, clients: ownClientIds(redis) })

/**
 * Ends every connection of an account by the user that Redis knows, whatever it calls itself and whatever it waits for, but
 * for those that are spared. Administrators.
 */
export const endConnections = async (session: Session, account: string, spared?: Spared): Promise<void> => {
  const user = redisUser(session.keys, account)
  const clients = (await readClients(session.redis)).filter((client) => client.user === user)
  const numbers = new Set(spared?.clients)
  const isSpared = ({ id, age }: Client) => numbers.has(id) && age + 2 >= (spared?.minAge ?? 0)
  await markSignedOut(session, account, spared?.session)
  const left = clients.filter(isSpared).map((client) => whereaboutsOf(client)?.id ?? '')
  await end(
    session,
    account,
    clients.filter((client) => !isSpared(client)),
    new Set([...left, spared?.session ?? '']),
  )
}

/** Signs an account out everywhere, but for what is spared. Administrators. */
export const endSessions = (session: Session, account: string, spared?: Spared): Promise<void> =>
  onRedis(async () => {
    await endConnections(session, account, spared)
    await note(session, 'signed-out-everywhere', account)
  })

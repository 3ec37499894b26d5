import { GalleryError } from '../../shared/errors.ts'
import type { LiveSession } from '../../shared/people.ts'
import { guestName, redisUser } from '../redis/acl.ts'
import type { Connection } from '../redis/connect.ts'
import { onRedis } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'
import type { Session } from '../session.ts'
import { note } from './audit.ts'

/** How long a session that was signed out is remembered, in seconds: longer than any shell keeps one. */
const memory = 30 * 24 * 60 * 60

/** Somebody's place: which program, on which computer, and from which address where that is another. */
export interface Whereabouts {
  shell: string
  host: string
  id: string
  from?: string
}

/** The name that the connections of a session have in Redis, from which its list of sessions is made. */
export const connectionName = ({ shell, host, id, from = '' }: Whereabouts) =>
  ['cimaise', shell, host, id, encodeURIComponent(from)].join(':')

interface Client {
  connection: string
  user: string
  place: Whereabouts
  age: number
  idle: number
}

/** Anybody may call their connection anything. */
const readable = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const toClient = (line: string): Client | null => {
  const field = (name: string) => new RegExp(`(?:^| )${name}=(\\S*)`).exec(line)?.[1] ?? ''
  const [app, shell = '', host = '', id = '', from = ''] = field('name').split(':')
  if (app !== 'cimaise' || id === '') return null
  const place = { shell, host, id, from: readable(from) }
  const seconds = (name: string) => Number(field(name)) || 0
  return {
    connection: field('id'),
    user: field('user'),
    place,
    age: seconds('age'),
    idle: seconds('idle'),
  }
}

const readClients = async (redis: Connection): Promise<Client[]> =>
  ((await redis.call('CLIENT', 'LIST')) as string)
    .split('\n')
    .map(toClient)
    .filter((client) => client !== null)

const nameOf = (keys: Keys, user: string) =>
  keys.gallery === 'cimaise' ? user : user.slice(keys.gallery.length + 1)

/** Who is logged in, where, and for how long. Administrators. */
export const listSessions = (session: Session): Promise<LiveSession[]> =>
  onRedis(async () => {
    const { redis, keys, account, id: own } = session
    const mine = (await readClients(redis)).filter(
      ({ user }) => redisUser(keys, nameOf(keys, user)) === user && nameOf(keys, user) !== guestName,
    )
    return [...Map.groupBy(mine, ({ user, place }) => `${user} ${place.id}`).values()].map(
      (clients): LiveSession => {
        const [first] = clients
        const id = first?.place.id ?? ''
        return {
          id,
          account: nameOf(keys, first?.user ?? ''),
          shell: first?.place.shell ?? '',
          host: first?.place.from || (first?.place.host ?? ''),
          age: Math.max(...clients.map(({ age }) => age)),
          idle: Math.min(...clients.map(({ idle }) => idle)),
          own: id === own && nameOf(keys, first?.user ?? '') === account,
        }
      },
    )
  })

/** Ends connections; what they belong to sees that it was signed out when it comes back. */
const end = async ({ redis, keys }: Session, clients: Client[]) => {
  for (const { user, place, connection } of clients) {
    const key = keys.ended(nameOf(keys, user))
    await redis.sadd(key, place.id)
    await redis.expire(key, memory)
    await redis.call('CLIENT', 'KILL', 'ID', connection)
  }
}

/** Signs one session out. NOT_FOUND where it has ended by itself. Administrators. */
export const endSession = (session: Session, account: string, id: string): Promise<void> =>
  onRedis(async () => {
    const user = redisUser(session.keys, account)
    const clients = (await readClients(session.redis)).filter(
      (client) => client.user === user && client.place.id === id,
    )
    if (clients.length === 0) throw new GalleryError('NOT_FOUND', 'This session has ended already.')
    await end(session, clients)
    await note(session, 'signed-out', account)
  })

/** Signs an account out everywhere, but for one session. Administrators. */
export const endSessions = (session: Session, account: string, but = ''): Promise<void> =>
  onRedis(async () => {
    const user = redisUser(session.keys, account)
    const clients = (await readClients(session.redis)).filter(
      (client) => client.user === user && client.place.id !== but,
    )
    await end(session, clients)
    await note(session, 'signed-out-everywhere', account)
  })

import { aboutNodes } from '../access/nodes/about-nodes.ts'
import { listNodes } from '../access/nodes/list-nodes.ts'
import { Steward } from '../access/nodes/steward.ts'
import { stewardLogin } from '../redis/acl/redis-users.ts'
import { connect } from '../redis/connect.ts'
import type { Connection } from '../redis/connection.ts'
import { onRedis } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'
import { establish } from './bootstrap.ts'
import type { OpenConnections } from './open-connections.ts'
import type { Session } from './session.ts'
import type { Way } from './way-to-gallery.ts'

/**
 * The several servers of a gallery, as the program's own account looks after them. Where there is one server, or the account's
 * password is not known here, there is nothing to look after, and nothing is done.
 */
export class GalleryServers {
  readonly #way: Way
  readonly #keys: Keys
  readonly #connections: OpenConnections
  #steward: Steward | undefined
  #connection: Promise<Connection> | undefined

  constructor(way: Way, keys: Keys, connections: OpenConnections) {
    this.#way = way
    this.#keys = keys
    this.#connections = connections
  }

  /** Whether they are looked after here. */
  get areKept(): boolean {
    return this.#steward !== undefined
  }

  /** Of the program's own account, from which the servers of a gallery derive what they share; undefined where it is not known. */
  get password(): string | undefined {
    return this.#steward?.password
  }

  /** Brings them in step from now on. */
  async keep(password: string): Promise<void> {
    const { address } = this.#way
    const onTakeover = this.#connections.moveOn
    this.#steward = new Steward({ address, keys: this.#keys, password, onTakeover })
    await this.#steward.start()
  }

  /** Brings them in step from now on, and founds the gallery on them where there is none. */
  async found(password: string): Promise<void> {
    await this.keep(password)
    const redis = await this.connection()
    if (!redis) return
    const { meta, steward } = this.#keys
    await onRedis(async () => {
      if (!(await redis.exists(meta))) await establish(redis, this.#keys, this.#way.founder)
      // Of a cluster's primaries each may have one replica alone, without which all would stand still.
      if (this.#way.address.kind === 'sentinel') await redis.hsetnx(meta, 'copies', '1')
      // Administrators bring servers in step too.
      await redis.hset(steward, 'password', password)
    })
    await this.#steward?.look()
  }

  /** A connection of the program's own account, the same at each call; null where its password is not known. */
  connection = async (): Promise<Connection | null> => {
    const { password } = this
    return password === undefined ? null : (this.#connection ??= this.#connect(password))
  }

  /** What is to be said of each, for the list of checks. */
  about = async () => (this.#steward ? aboutNodes(this.#steward) : [])

  /** Each of them with its part and how it does; the one that answers where nobody looks after several here. Administrators. */
  list = (session: Session) => listNodes(session, this.#steward, this.#way.where)

  close() {
    this.#steward?.close()
  }

  async #connect(password: string) {
    const login = stewardLogin(this.#keys, password)
    // A node that nobody has been at yet has to be admitted first: it is waited for.
    const redis = await connect(this.#way.address, login, login)
    this.#connections.keep(redis)
    return redis
  }
}

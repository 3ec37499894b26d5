import { Redis } from 'ioredis'
import { withCopies } from '../redis/clients.ts'
import type { Connection } from '../redis/connection.ts'
import { primaryOf } from '../redis/primary.ts'

/** The connections of an opened gallery, which are closed and moved together. */
export class OpenConnections {
  readonly #connections = new Set<Connection>()
  /** The primaries of now, as `host:port`. */
  #serving: ReadonlySet<string> = new Set()

  /** Keeps account of a connection for as long as it is open. */
  keep(redis: Connection) {
    this.#connections.add(redis)
    redis.once('end', () => this.#connections.delete(redis))
  }

  /** Connections to a server that takes no more changes begin anew, with the one that does. `serving`: those that do. */
  moveOn = (serving: ReadonlySet<string>) => {
    this.#serving = serving
    for (const redis of [...this.#connections].flatMap(withCopies))
      if (redis instanceof Redis) this.#leave(redis)
      else
        for (const server of redis.nodes('master'))
          if (!serving.has(`${server.options.host}:${server.options.port}`)) server.disconnect()
  }

  /** One that is connecting just now would be ended for good: it is looked at once it is there. */
  #leave(redis: Redis) {
    if (redis.status !== 'ready') redis.once('ready', () => this.#leave(redis))
    else if (!this.#serving.has(primaryOf(redis))) redis.disconnect(true)
  }

  close() {
    for (const redis of this.#connections) redis.disconnect()
  }
}

import { Redis } from 'ioredis'
import { withCopies } from '../redis/clients.ts'
import type { Connection } from '../redis/connection.ts'

/** The connections of an opened gallery, which are closed and moved together. */
export class OpenConnections {
  readonly #connections = new Set<Connection>()

  /** Keeps account of a connection for as long as it is open. */
  keep(redis: Connection) {
    this.#connections.add(redis)
    redis.once('end', () => this.#connections.delete(redis))
  }

  /**
   * Connections to a server that takes no more changes begin anew, with the one that does. `serving`: the primaries of now, as
   * `host:port`.
   */
  moveOn = (serving: ReadonlySet<string>) => {
    for (const redis of [...this.#connections].flatMap(withCopies))
      if (redis instanceof Redis) redis.disconnect(true)
      else
        for (const server of redis.nodes('master'))
          if (!serving.has(`${server.options.host}:${server.options.port}`)) server.disconnect()
  }

  close() {
    for (const redis of this.#connections) redis.disconnect()
  }
}

import type { ConnectionOptions } from 'node:tls'
import { Redis } from 'ioredis'
import { stewardRules } from '../../redis/acl/acl-rules.ts'
import { passwordRule } from '../../redis/acl/passwords.ts'
import { redisUser, stewardName } from '../../redis/acl/redis-users.ts'
import { saveAclFile } from '../acl-file.ts'
import type { Keys } from '../../redis/keys.ts'
import { fieldsOf } from '../../redis/pairs.ts'

/** How a node is spoken to, but for the account. */
export interface NodeOptions {
  host: string
  port: number
  password: string
  tls?: ConnectionOptions
}

/** Who else still logs in as `default`, so that it cannot be switched off; null where nobody does. */
export const usersOfDefault = async (server: Redis): Promise<string | null> => {
  const settings = fieldsOf(await server.call('CONFIG', 'GET', 'masterauth', 'masteruser'))
  if (settings.get('masterauth') && !settings.get('masteruser')) return 'replication'
  const clients = (await server.call('CLIENT', 'LIST')) as string
  return /name=sentinel-\S* .*user=default( |$)/m.test(clients) ? 'a Sentinel' : null
}

/**
 * Makes the program's account on a node that has none yet, with the same password as `default` has there. Then `default` is
 * switched off, unless replication or a Sentinel log in by it (docs/operations.md). It keeps its rights, as Redis replays its
 * append-only file as `default`. Returns whether the node let us in.
 */
export const admit = async (options: NodeOptions, keys: Keys): Promise<boolean> => {
  const server = new Redis({ ...options, username: 'default', retryStrategy: null, lazyConnect: true })
  server.on('error', () => undefined) // connect() rejects with the reason
  try {
    await server.connect()
    const rules = [...stewardRules(keys), 'resetpass', passwordRule(options.password)]
    await server.call('ACL', 'SETUSER', redisUser(keys, stewardName), ...rules)
    if ((await usersOfDefault(server)) === null) await server.call('ACL', 'SETUSER', 'default', 'off')
    await saveAclFile(server)
    return true
  } catch {
    return false
  } finally {
    server.disconnect()
  }
}

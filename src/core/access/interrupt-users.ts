import type { Redis } from 'ioredis'
import { errorText } from '../../shared/errors.ts'

/** Ends the connections of a Redis user. A server may have refused the name itself: then no connection is logged in by it. */
export const endConnectionsOf = async (server: Redis, user: string): Promise<void> => {
  try {
    await server.call('CLIENT', 'KILL', 'USER', user)
  } catch (error) {
    if (!/no such user/i.test(errorText(error))) throw error
  }
}

/**
 * Wakes connections of some Redis users that wait in a blocking read, as Redis 7.0 would still give them what comes next by the
 * rights that they had (seen on 7.0.15).
 */
export const interruptUsers = async (server: Redis, users: ReadonlySet<string>): Promise<void> => {
  const list = (await server.call('CLIENT', 'LIST')) as string
  for (const line of list.split('\n')) {
    const field = (name: string) => new RegExp(` ${name}=(\\S*)`).exec(` ${line}`)?.[1] ?? ''
    if (users.has(field('user')) && field('flags').includes('b'))
      await server.call('CLIENT', 'UNBLOCK', field('id'))
  }
}

import type { Connection } from '../redis/connection.ts'

/** Whether anybody who has the login of `default` may log in by it. */
export const isDefaultOn = async (redis: Pick<Connection, 'call'>): Promise<boolean> =>
  ((await redis.call('ACL', 'LIST')) as string[]).some((rule) => rule.startsWith('user default on'))

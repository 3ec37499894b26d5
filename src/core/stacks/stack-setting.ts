import { onRedis } from '../redis/errors.ts'
import type { Session } from '../gallery/session.ts'
import { StackSetting } from '../../shared/schemas/gallery.ts'

/** What shows of the files of one photo in this gallery; `off`: files stay photos of their own. */
export const stackSetting = ({ redis, keys }: Session): Promise<StackSetting> =>
  onRedis(async () => StackSetting.safeParse(await redis.hget(keys.meta, 'stacks')).data ?? 'picture')

/** Says so. Administrators. */
export const setStackSetting = ({ redis, keys }: Session, setting: StackSetting): Promise<void> =>
  onRedis(async () => {
    await redis.hset(keys.meta, 'stacks', setting)
  })

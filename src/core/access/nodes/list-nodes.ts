import type { StoreNode } from '../../../shared/schemas/gallery.ts'
import type { Session } from '../../gallery/session.ts'
import { onRedis } from '../../redis/errors.ts'
import { memoryIn, readInfo, roleIn } from '../../redis/server-info.ts'
import type { NodeLink } from './node-link.ts'
import type { Steward } from './steward.ts'

const toNode = (name: string, info: string, inStep: boolean | null): StoreNode => {
  const { used, limit } = memoryIn(info)
  return { name, ...roleIn(info), inStep, memory: { used, limit } }
}

const lookAt = async ({ name, redis, isReady, standing }: NodeLink): Promise<StoreNode> => {
  const away = { name, role: null, behind: null, inStep: null, memory: null }
  // Its commands would wait for it.
  if (!isReady) return away
  return readInfo(redis).then(
    (info) => toNode(name, info, standing.state === 'in step'),
    () => away,
  )
}

/**
 * The servers that a gallery lies on, in the order of their names; the one that answers where nobody looks after several here.
 * `where`: what that one is called. Administrators: Redis refuses the question of others.
 */
export const listNodes = (
  { redis }: Pick<Session, 'redis'>,
  steward: Steward | undefined,
  where: string,
): Promise<StoreNode[]> =>
  onRedis(async () => {
    const info = await readInfo(redis)
    if (!steward) return [toNode(where, info, null)]
    return Promise.all(steward.nodesByName.map(lookAt))
  })

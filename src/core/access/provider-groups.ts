import { GalleryError } from '../../shared/errors.ts'
import type { GroupMapping } from '../../shared/schemas/access.ts'
import type { Session } from '../gallery/session.ts'
import { onRedis } from '../redis/errors.ts'
import { note } from './audit-log.ts'
import { editGroup } from './groups.ts'

/** Which group here a group of the provider is, by its name. Administrators. */
export const groupMappings = ({ redis, keys }: Session): Promise<GroupMapping[]> =>
  onRedis(async () =>
    Object.entries(await redis.hgetall(keys.providerGroups))
      .map(([theirs, ours]) => ({ theirs, ours }))
      .toSorted((a, b) => (a.theirs < b.theirs ? -1 : 1)),
  )

/** Says it for one group; `ours` null: it is none here any more. NOT_FOUND where there is no such group here. Administrators. */
export const mapGroup = (session: Session, theirs: string, ours: string | null): Promise<void> =>
  onRedis(async () => {
    const { redis, keys } = session
    const former = (await redis.hget(keys.providerGroups, theirs)) ?? ''
    if (ours !== null && !(await redis.sismember(keys.groups, ours)))
      throw new GalleryError('NOT_FOUND', 'groupGone', { name: ours })
    if (ours === null) await redis.hdel(keys.providerGroups, theirs)
    else await redis.hset(keys.providerGroups, theirs, ours)
    await note(session, 'provider-group', ours ?? former, [['group', former, ours === null ? '' : theirs]])
  })

/**
 * Brings the groups of an account in line with those that the provider names: it is in each group here of which it has one there, and in no
 * other one that stands in the table. Groups that do not stand there are left alone. Administrators.
 */
export const followGroups = async (
  session: Session,
  account: string,
  theirs: readonly string[],
): Promise<void> => {
  const { redis, keys } = session
  const mappings = await groupMappings(session)
  const held = new Set(theirs)
  const wanted = new Set(mappings.filter((mapping) => held.has(mapping.theirs)).map(({ ours }) => ours))
  for (const name of new Set(mappings.map(({ ours }) => ours))) {
    const [there, member] = await onRedis(() =>
      Promise.all([redis.sismember(keys.groups, name), redis.sismember(keys.groupMembers(name), account)]),
    )
    if (!there || (member === 1) === wanted.has(name)) continue
    await editGroup(session, wanted.has(name) ? { name, join: [account] } : { name, leave: [account] })
  }
}

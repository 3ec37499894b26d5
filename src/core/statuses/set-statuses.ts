import { chunksOf } from '../../shared/domain/chunks.ts'
import { maxPhotosPerCall } from '../../shared/domain/limits.ts'
import { newOperationId } from '../../shared/domain/random-ids.ts'
import { GalleryError } from '../../shared/errors.ts'
import type { Status, StatusReplacement } from '../../shared/schemas/status.ts'
import { allAlbums } from '../albums/visible-albums.ts'
import { applyChanges } from '../changes/apply-changes.ts'
import type { Session } from '../gallery/session.ts'
import { photoIndexOf } from '../photos/photo-index.ts'
import { onRedis } from '../redis/errors.ts'
import { tellOfStatuses } from './tell-statuses.ts'

/** Gives all photos outside the trash that have one status another one, or none: changes as users make them. How many. */
const replace = async (session: Session, act: string, { from, to }: StatusReplacement): Promise<number> => {
  let changed = 0
  for (const album of await allAlbums(session)) {
    const photos = await photoIndexOf(session, album)
    const having = [...photos.values()].filter(({ status }) => status === from)
    for (const some of chunksOf(having, maxPhotosPerCall)) {
      const values = some.map(({ id }) => ({ photo: id, to }))
      const changes = [{ kind: 'edit' as const, album, field: 'status' as const, values }]
      changed += (await applyChanges(session, { act, changes, mode: 'free' })).changed
    }
  }
  return changed
}

/**
 * Says which statuses there are. A photo whose status is not among them shows none, and keeps it: where it comes back, so does the
 * photo's. `replaced` is done before: broken off, all of it is there to be done again. Administrators.
 *
 * @returns how many photos were given another status
 * @throws INVALID where photos are to get a status that is not among them
 */
export const setStatuses = (
  session: Session,
  { statuses, replaced }: { statuses: Status[]; replaced: StatusReplacement[] },
): Promise<number> =>
  onRedis(async () => {
    const { redis, keys } = session
    const stays = new Set(statuses.map(({ id }) => id))
    if (replaced.some(({ to }) => to !== null && !stays.has(to)))
      throw new GalleryError('INVALID', 'badStatus', { value: '' })
    const act = newOperationId()
    let changed = 0
    for (const one of replaced) changed += await replace(session, act, one)
    await redis.set(keys.statuses, JSON.stringify(statuses))
    await tellOfStatuses(session)
    return changed
  })

import type { FoundTown, TownCount } from '../../shared/schemas/place-name.ts'
import type { Session } from '../gallery/session.ts'
import { counting } from '../photos/photo-counts.ts'
import { onRedis } from '../redis/errors.ts'
import { openGazetteer } from './gazetteer.ts'

/** Towns that are told: a list to choose from by their names. */
const maxTowns = 1000
/** Towns of one answer to what somebody types. */
const maxFound = 8

const count = counting(({ town }) => (town < 0 ? '' : String(town)))

/**
 * The towns that an album's photos were taken near, or all that the session may read, those with the most photos first. A visitor who is
 * not shown places has none.
 */
export const countTowns = (session: Session, album: string | null): Promise<TownCount[]> =>
  onRedis(async () => {
    const counts = [...(await count(session, album))].sort(([, a], [, b]) => b - a).slice(0, maxTowns)
    if (counts.length === 0) return []
    const gazetteer = await openGazetteer()
    return counts.map(([town, photos]) => {
      const { name, country } = gazetteer.town(Number(town))
      return { name, country, photos }
    })
  })

/** Towns of the world by what somebody types: nothing of any photo. */
export const findTowns = async (text: string): Promise<FoundTown[]> => {
  const gazetteer = await openGazetteer()
  return gazetteer.find(text, maxFound).map((town) => gazetteer.town(town))
}

import type { PhotoLocation } from '../../shared/domain/refs.ts'
import { PhotoId } from '../../shared/schemas/ids.ts'
import { readableAlbums } from '../albums/visible-albums.ts'
import type { Session } from '../gallery/session.ts'
import { hangingIn } from '../photos/locate.ts'
import { readHashes, readIds, readScores } from '../redis/claims.ts'
import { behindOf } from '../stacks/stack-record.ts'

/** Of photos that are behind others, by their ids: which photo is before each, as far as that is so by both. */
const leadsOf = async (session: Session, albums: string[], ids: string[]): Promise<Map<string, string>> => {
  const { redis, keys } = session
  const scores = await readScores(
    redis,
    albums.map((album) => keys.albumBehind(album)),
    ids,
  )
  const hidden = albums.flatMap((album, i) =>
    ids.filter((_, n) => scores[i]?.[n] != null).map((id) => ({ album, id })),
  )
  const rows = await readHashes(
    redis,
    hidden.map(({ album, id }) => keys.photo(album, id)),
    { behind: 16 },
  )
  const claimed = hidden.flatMap((one, i) => {
    const lead = PhotoId.safeParse(rows[i]?.[0])
    return lead.success ? [{ ...one, lead: lead.data }] : []
  })
  const leads = new Map<string, string>()
  for (const [album, some] of Map.groupBy(claimed, (one) => one.album)) {
    const wanted = [...new Set(some.map(({ lead }) => lead))]
    const behind = await behindOf(session, album, wanted)
    for (const { id, lead } of some)
      if (behind[wanted.indexOf(lead)]?.some((one) => one.id === id)) leads.set(id, lead)
  }
  return leads
}

/**
 * What shows of photos that stand in collections, by their ids: the photo itself where it hangs in one of the albums, all of which the
 * caller may read, and the one before it where it is behind another. What a collection says of a photo is only that it is in it.
 */
export const shownOf = async (
  session: Session,
  albums: string[],
  ids: string[],
): Promise<Map<string, PhotoLocation>> => {
  const hanging = await hangingIn(session, albums, ids)
  const missing = ids.filter((id) => !hanging.has(id))
  const leads = missing.length > 0 ? await leadsOf(session, albums, missing) : new Map<string, string>()
  const before = leads.size > 0 ? await hangingIn(session, albums, [...new Set(leads.values())]) : hanging
  return new Map(
    ids.flatMap((id): [string, PhotoLocation][] => {
      const shown = hanging.has(id) ? id : leads.get(id)
      const album = shown === undefined ? undefined : (hanging.get(shown) ?? before.get(shown))
      return shown === undefined || album === undefined ? [] : [[id, { id: shown, album }]]
    }),
  )
}

/**
 * Which photos of a collection are meant by some that are seen in it: those that stand behind them in its place too. What is not seen
 * in it stays as it is.
 */
export const meantIn = async (session: Session, collection: string, seen: string[]): Promise<string[][]> => {
  const { redis, keys } = session
  const ids = await readIds(redis, keys.collectionPhotos(collection))
  const shown = await shownOf(session, await readableAlbums(session), ids)
  const entries = Map.groupBy(
    ids.filter((id) => shown.has(id)),
    (id) => shown.get(id)?.id ?? id,
  )
  return seen.map((id) => entries.get(id) ?? [id])
}

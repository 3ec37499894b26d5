import { GalleryError } from '../../shared/errors.ts'
import { readableAlbums } from '../albums/visible-albums.ts'
import type { ChosenBy, Client, ClientList } from '../../shared/schemas/selection.ts'
import { isStranger, type Session } from '../gallery/session.ts'
import { readShared } from '../photos/shared-reader.ts'
import { onRedis } from '../redis/errors.ts'
import { ownSelection } from './own-selection.ts'
import { readFacts, type SelectionFact } from './selection-record.ts'
import { readPicks } from './read-picks.ts'

/** A script asks Redis for each place, which takes an account of thousands of rights long: reading the facts has shown the right. */
const listOf = async (session: Session, album: string, fact: SelectionFact): Promise<ClientList> => {
  const key = session.keys.picks(album, fact.link)
  return { ...(await readShared(session, ({ redis }) => readPicks(redis, key, fact.most))), ...fact }
}

/** What was chosen by each link to an album, of links that have ended too. FORBIDDEN for visitors and who may not read the album. */
export const listSelections = (session: Session, album: string): Promise<ClientList[]> =>
  onRedis(async () => {
    const [facts = []] = await readFacts(session, [album])
    const lists = await Promise.all(facts.map((fact) => listOf(session, album, fact)))
    return lists.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  })

const nameOf = ({ name, label, link }: ClientList) => `${name || label} ${link}`

/** Who has chosen photos, of all albums that the caller may read. FORBIDDEN for visitors. */
export const listClients = (session: Session): Promise<Client[]> =>
  onRedis(async () => {
    const albums = await readableAlbums(session)
    const facts = await readFacts(session, albums)
    const asked = albums.filter((_, i) => facts[i]?.length)
    const found: Client[] = []
    for (const album of asked)
      for (const { link, name, label, picks } of await listSelections(session, album))
        if (picks.length > 0) found.push({ album, link, name: name || label, photos: picks.length })
    return found
  })

const ownChosen = async (session: Session) => {
  const own = session.identity.share ? await ownSelection(session) : null
  return (own?.picks ?? []).map(({ photo }) => photo).sort()
}

/**
 * The ids of the photos of some albums that were chosen, in order. Visitors of a link find what it has chosen, whoever is asked for.
 * `by`: as in a filter.
 */
export const chosenPhotos = async (session: Session, albums: string[], by: ChosenBy): Promise<string[]> => {
  if (isStranger(session)) return ownChosen(session)
  const facts = await readFacts(session, albums)
  const found = await Promise.all(
    albums.map(async (album, i) => {
      const asked = (facts[i] ?? []).filter(({ link }) => by === 'any' || by === 'all' || by === link)
      const lists = await Promise.all(asked.map((fact) => listOf(session, album, fact)))
      const sets = lists
        .map(({ picks }) => new Set(picks.map(({ photo }) => photo)))
        .filter(({ size }) => size > 0)
      const all = [...new Set(sets.flatMap((set) => [...set]))]
      return by === 'all' ? all.filter((photo) => sets.every((set) => set.has(photo))) : all
    }),
  )
  return found.flat().sort()
}

/**
 * Removes what a link has chosen. NOT_FOUND where there is no such list, CONFLICT where its visitors may still choose. Administrators.
 */
export const removeSelection = ({ redis, keys }: Session, album: string, link: string): Promise<void> =>
  onRedis(async () => {
    const [facts = []] = await readFacts({ redis, keys }, [album])
    const fact = facts.find((one) => one.link === link)
    if (!fact) throw new GalleryError('NOT_FOUND', 'selectionGone')
    if (!fact.closed) throw new GalleryError('CONFLICT', 'selectionOpen')
    await redis.hdel(keys.selections(album), link)
    await redis.unlink(keys.picks(album, link))
    await redis.xadd(keys.talkEvents(album), 'MAXLEN', '~', 1000, '*', 'photo', '')
  })

import { chunksOf } from '../../shared/domain/chunks.ts'
import { maxSelection } from '../../shared/domain/visitor-answers.ts'
import { ShareName } from '../../shared/schemas/ids.ts'
import type { AccessRecord } from '../access/access-record.ts'
import type { Session } from '../gallery/session.ts'
import type { Rights } from '../redis/acl/acl-rules.ts'
import type { Connection } from '../redis/connection.ts'
import { results } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'

/** Albums asked for in one call, so that Redis answers others in between. */
const albumsPerCall = 500

/** What the gallery says of the list of one link: a fact, as administrators alone write it. */
export interface SelectionFact {
  link: string
  /** How many photos can be chosen. */
  most: number
  closed: boolean
  /** Whom the link is for. */
  label: string
}

/** What the gallery says of a list, as it stands in Redis. */
export const storedFact = ({ most, closed, label }: Omit<SelectionFact, 'link'>) =>
  `${most} ${closed ? 'closed' : 'open'} ${label}`

const parse = (link: string, text: string): SelectionFact | null => {
  const [, most = '', state = '', label = ''] = /^(\d{1,4}) (open|closed) (.*)$/s.exec(text) ?? []
  const places = Number(most)
  if (!ShareName.safeParse(link).success || !(places >= 1 && places <= maxSelection)) return null
  return { link, most: places, closed: state === 'closed', label }
}

/** The lists of an album, of links that have ended too. */
const factsOf = (hash: Record<string, string>): SelectionFact[] =>
  Object.entries(hash).flatMap(([link, text]) => parse(link, text) ?? [])

/**
 * Notes which links ask for photos to be chosen, how many, and whether that is still open. What was noted stays when the link has
 * ended, or asks no more: what was chosen stays too. Administrators.
 */
export const noteSelections = async (
  redis: Connection,
  keys: Keys,
  access: AccessRecord,
  accounts: Rights[],
): Promise<void> => {
  for (const { name, role, grants, disabled, answers } of accounts) {
    if (role !== 'share') continue
    const { selection, closed } = answers
    const label = access.accounts.get(name)?.record['displayName'] ?? ''
    for (const album of grants.keys())
      if (selection > 0)
        await redis.hset(
          keys.selections(album),
          name,
          storedFact({ most: selection, closed: closed || disabled, label }),
        )
      else await closeOne(redis, keys, album, name)
  }
}

const closeOne = async (redis: Connection, keys: Keys, album: string, link: string) => {
  const text = await redis.hget(keys.selections(album), link)
  const fact = text === null ? null : parse(link, text)
  if (fact && !fact.closed)
    await redis.hset(keys.selections(album), link, storedFact({ ...fact, closed: true }))
}

/** Notes that a link changes its list no more, as it has ended. Administrators. */
export const closeSelections = async (
  { redis, keys }: Pick<Session, 'redis' | 'keys'>,
  link: string,
): Promise<void> => {
  for (const album of await redis.hgetall(keys.grants(link)).then(Object.keys))
    await closeOne(redis, keys, album, link)
}

/** What the gallery says of the lists of some albums, in their order. Accounts that may read them. */
export const readFacts = async (
  { redis, keys }: Pick<Session, 'redis' | 'keys'>,
  albums: string[],
): Promise<SelectionFact[][]> => {
  const found: SelectionFact[][] = []
  for (const part of chunksOf(albums, albumsPerCall)) {
    const asked = redis.pipeline()
    for (const album of part) asked.hgetall(keys.selections(album))
    found.push(...results<Record<string, string>>(await asked.exec()).map(factsOf))
  }
  return found
}

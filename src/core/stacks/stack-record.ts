import { maxBehind } from '../../shared/domain/stacks.ts'
import { readHashes } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import type { Session } from '../gallery/session.ts'

/** A photo behind another one, as the record of its lead lists it: a claim, until the photo's own record agrees. */
export interface ListedBehind {
  id: string
  /** MIME type; '' where it is none. */
  type: string
}

/** Bytes of a record's field `stack`. */
export const maxStackBytes = 1024

/** Characters of a MIME type that a field `stack` keeps. */
export const maxTypeLength = 40

/** Reads a field `stack`: lines of id and type (scripts/includes/stacks.lua). What is none is left out. */
export const parseStack = (field: string | null | undefined): ListedBehind[] => {
  const listed = new Map<string, ListedBehind>()
  for (const line of (field ?? '').split('\n', 2 * maxBehind)) {
    const [, id, type = ''] = /^([0-9A-Za-z]{10}) ?([\w.+/-]{0,40})$/.exec(line) ?? []
    if (id && listed.size < maxBehind) listed.set(id, { id, type })
  }
  return [...listed.values()]
}

/** The photos that really are behind some photos of an album, in the order of these. */
export const behindOf = (session: Session, album: string, leads: string[]): Promise<ListedBehind[][]> =>
  onRedis(async () => {
    const { redis, keys } = session
    const records = leads.map((id) => keys.photo(album, id))
    const stacks = (await readHashes(redis, records, { stack: maxStackBytes })).map((row) =>
      parseStack(row?.[0]),
    )
    const listed = stacks.flat()
    const owns = await readHashes(
      redis,
      listed.map(({ id }) => keys.photo(album, id)),
      { behind: 16 },
    )
    const leadOf = new Map(listed.map(({ id }, i) => [id, owns[i]?.[0] ?? null]))
    return stacks.map((stack, i) => stack.filter(({ id }) => leadOf.get(id) === leads[i]))
  })

import type { AccessLevel, GrantedLevel } from '../schemas/access.ts'

const order: Record<AccessLevel, number> = { none: 0, read: 1, comment: 2, modify: 3 }

/** The higher of two rights. */
const higher = (a: AccessLevel, b: AccessLevel): AccessLevel => (order[a] >= order[b] ? a : b)

/** A right as it stands in the record: what is none of ours counts as none. */
const known = (right: string | undefined): AccessLevel =>
  right !== undefined && Object.hasOwn(order, right) ? (right as AccessLevel) : 'none'

/** Whether a right holds the one to comment. */
export const mayComment = (right: AccessLevel): boolean => order[right] >= order.comment

/** An account's rights from its own and those of its groups: the highest wins. */
export const effectiveRights = (sources: Grants[]): Map<string, GrantedLevel> => {
  const all = new Map<string, GrantedLevel>()
  for (const source of sources)
    for (const [album, right] of Object.entries(source)) {
      const best = higher(all.get(album) ?? 'none', known(right))
      if (best !== 'none') all.set(album, best)
    }
  return all
}

export type Grants = Partial<Record<string, AccessLevel>>

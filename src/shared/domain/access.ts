import type { AccessLevel, GrantedLevel } from '../schemas/access.ts'

const order: Record<AccessLevel, number> = { none: 0, read: 1, modify: 2 }

/** The higher of two rights. */
const higher = (a: AccessLevel, b: AccessLevel): AccessLevel => (order[a] >= order[b] ? a : b)

/** An account's rights from its own and those of its groups: the highest wins. */
export const effectiveRights = (sources: Grants[]): Map<string, GrantedLevel> => {
  const all = new Map<string, GrantedLevel>()
  for (const source of sources)
    for (const [album, right] of Object.entries(source)) {
      const best = higher(all.get(album) ?? 'none', right === 'read' || right === 'modify' ? right : 'none')
      if (best !== 'none') all.set(album, best)
    }
  return all
}

export type Grants = Partial<Record<string, AccessLevel>>

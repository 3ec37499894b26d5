import type { AccessLevel, GrantedLevel, Subject } from '../schemas/access.ts'

/** Rights that one call changes at most: a whole row or column of a large gallery. */
export const maxRightsPerCall = 5000

const order: Record<AccessLevel, number> = { none: 0, read: 1, modify: 2 }

/** The higher of two rights. */
export const higher = (a: AccessLevel, b: AccessLevel): AccessLevel => (order[a] >= order[b] ? a : b)

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

export const subjectOf = (kind: 'account' | 'group', name: string): Subject => `${kind}:${name}`

/** Whom a right is given to: `account:ana`, `group:family`, or `guest` for everybody. */
export const subjectPattern = /^(?:guest|(?:account|group):[a-z0-9][a-z0-9._-]{0,31})$/

export const isSubject = (text: string): text is Subject => subjectPattern.test(text)

/** The two parts of a subject; the guest has no name. */
export const parseSubject = (subject: Subject): { kind: 'account' | 'group' | 'guest'; name: string } => {
  if (subject === 'guest') return { kind: 'guest', name: '' }
  const at = subject.indexOf(':')
  return { kind: subject.slice(0, at) as 'account' | 'group', name: subject.slice(at + 1) }
}

export type Grants = Partial<Record<string, AccessLevel>>

import { z } from 'zod'
import { AccountName, AlbumId } from './schemas.ts'

/** What somebody may do with an album. */
export const Level = z.enum(['none', 'read', 'modify'])
export type Level = z.infer<typeof Level>

/** An account of a share link: `share~` and eight letters and digits. */
export const ShareName = z.string().regex(/^share~[0-9A-Za-z]{8}$/, 'is not a share')

/** Whom a right is given to: `account:ana`, `group:family`, or `guest` for everybody. */
export const Subject = z.union([
  z.literal('guest'),
  z.string().regex(/^(?:account|group):[a-z0-9][a-z0-9._-]{0,31}$/, 'is nobody to give a right to'),
])
export type Subject = z.infer<typeof Subject>

export const RightChange = z.object({
  subject: Subject,
  album: AlbumId,
  right: Level,
  /** What it must be now, where somebody takes a change back. */
  from: Level.optional(),
})
export type RightChange = z.infer<typeof RightChange>

/** Rights that one call changes at most: a whole row or column of a large gallery. */
export const maxRightsPerCall = 5000

export type Grants = Partial<Record<string, Level>>

const order: Record<Level, number> = { none: 0, read: 1, modify: 2 }

/** The higher of two rights. */
export const higher = (a: Level, b: Level): Level => (order[a] >= order[b] ? a : b)

/** An account's rights from its own and those of its groups: the highest wins. */
export const effectiveRights = (sources: Grants[]): Map<string, Exclude<Level, 'none'>> => {
  const all = new Map<string, Exclude<Level, 'none'>>()
  for (const source of sources)
    for (const [album, right] of Object.entries(source)) {
      const best = higher(all.get(album) ?? 'none', right === 'read' || right === 'modify' ? right : 'none')
      if (best !== 'none') all.set(album, best)
    }
  return all
}

export const subjectOf = (kind: 'account' | 'group', name: string): Subject => `${kind}:${name}`

/** The two parts of a subject; the guest has no name. */
export const parseSubject = (subject: Subject): { kind: 'account' | 'group' | 'guest'; name: string } => {
  if (subject === 'guest') return { kind: 'guest', name: '' }
  const at = subject.indexOf(':')
  return { kind: subject.slice(0, at) as 'account' | 'group', name: AccountName.parse(subject.slice(at + 1)) }
}

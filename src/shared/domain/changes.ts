import type { Change } from '../schemas/change.ts'
import { maxPhotosPerCall } from './limits.ts'

/** How many photos, or albums, a change is about. */
export const sizeOf = (change: Change): number => {
  if ('photos' in change) return change.photos.length
  if ('values' in change) return change.values.length
  return 'titles' in change ? change.titles.length : 1
}

/** A change cut into pieces of at most `most` photos. */
const pieces = (change: Change, most: number): Change[] => {
  const count = Math.ceil(sizeOf(change) / most)
  const piece = <T>(all: T[], n: number) => all.slice(n * most, (n + 1) * most)
  return Array.from({ length: count }, (_, n) => {
    // Each piece comes behind the last photo of the one before.
    if ((change.kind === 'order' || change.kind === 'arrange') && n > 0)
      return { ...change, photos: piece(change.photos, n), after: change.photos[n * most - 1] ?? null }
    if ('photos' in change) return { ...change, photos: piece(change.photos, n) }
    if (change.kind === 'collect') return { ...change, values: piece(change.values, n) }
    return 'values' in change ? { ...change, values: piece(change.values, n) } : change
  })
}

/** Changes of any size as calls of a size that Redis answers quickly, in their order. */
export const inCalls = (changes: Change[], most = maxPhotosPerCall): Change[][] => {
  const calls: Change[][] = []
  let room = 0
  for (const change of changes.flatMap((whole) => ('titles' in whole ? [whole] : pieces(whole, most)))) {
    const size = sizeOf(change)
    if (size > room || calls.length === 0) {
      calls.push([])
      room = most
    }
    calls.at(-1)?.push(change)
    room -= size
  }
  return calls
}

import type { ActivityEntry } from '../../shared/schemas/event.ts'

/** What is done again within this time is one line, in milliseconds. */
const maxGapMs = 10 * 60_000

/** What is done to one photo after the other, as while one culls. */
const grouped = new Set([
  'edited',
  'tagged',
  'trashed',
  'restored',
  'arrived',
  'left',
  'collected',
  'uncollected',
])

const likeness = ({ what, by, proven, album, fromAlbum, field, from, to }: ActivityEntry) =>
  // Of a mark it is told what it became, whatever it was before.
  JSON.stringify([what, by, proven, album, fromAlbum, field, field === null ? from : null, to])

/**
 * Entries, the newest first, with those in one that say the same of different photos: a photographer who rejects 22 photos by 22
 * keys has rejected 22 photos. One that stands between two others keeps them apart unless they are alike but for it and near in time.
 */
export const groupEntries = (entries: ActivityEntry[]): ActivityEntry[] => {
  const lines: ActivityEntry[] = []
  const open = new Map<string, { at: number; earliest: number }>()
  for (const entry of entries) {
    const like = likeness(entry)
    const time = Date.parse(entry.at)
    const before = grouped.has(entry.what) ? open.get(like) : undefined
    const line = before && lines[before.at]
    if (line && before.earliest - time < maxGapMs) {
      lines[before.at] = { ...line, photos: line.photos + entry.photos }
      before.earliest = time
    } else {
      open.set(like, { at: lines.length, earliest: time })
      lines.push(entry)
    }
  }
  return lines
}

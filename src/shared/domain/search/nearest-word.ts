/** How many letters may be wrong in a word of so many: none below four, where nearly every word is near another. */
export const maxEdits = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2)

/**
 * How many letters must be put in, taken out, changed or exchanged with their neighbour to make one word of another; more than
 * `most` where it is more than that.
 */
export const editsBetween = (a: string, b: string, most: number): number => {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swap = isSwap ? (before[j - 2] ?? 0) + 1 : Infinity
      row[j] = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, change, swap)
    }
    if (Math.min(...row) > most) return most + 1
    ;[before, last] = [last, row]
  }
  return last[b.length] ?? 0
}

/** Of some words, with how often each is found, the nearest to one that is not: by letters, then the most common. Null for none. */
export const nearestWord = (word: string, words: Iterable<readonly [string, number]>): string | null => {
  let most = maxEdits(word.length)
  let found: readonly [string, number] | null = null
  for (const entry of words) {
    const [other, count] = entry
    const edits = most > 0 ? editsBetween(word, other, most) : 1
    if (edits > most || edits === 0) continue
    const isNearer = edits < most || !found
    const isLikelier = found && (count > found[1] || (count === found[1] && other < found[0]))
    if (!isNearer && !isLikelier) continue
    ;[most, found] = [edits, entry]
  }
  return found?.[0] ?? null
}

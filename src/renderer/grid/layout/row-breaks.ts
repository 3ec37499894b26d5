/** A row of pictures side by side, all of them of one height. */
export interface PictureRow {
  /** Index of its first picture among those that were laid out. */
  first: number
  count: number
  height: number
}

/** Panoramas and slips are taken for less extreme than they are: they stand in their cells whole, with some room around them. */
const narrowest = 0.5
const widest = 3.5

export const soundAspect = (width: number, height: number) =>
  width > 0 && height > 0 ? Math.min(widest, Math.max(narrowest, width / height)) : 1

/** How much a row disturbs that is so much higher or lower than wanted. */
const cost = (height: number, wanted: number) => Math.log(height / wanted) ** 2

/**
 * Breaks pictures into rows that fill a width, with heights as near to the wanted one as can be, over all rows together:
 * no row is left half empty for the sake of those before it. `aspects`: width by height of each.
 */
export const breakRows = (
  aspects: readonly number[],
  width: number,
  wanted: number,
  gap: number,
): PictureRow[] => {
  const [best, from] = [[0], [0]]
  const heightOf = (sum: number, count: number) => Math.max(1, (width - gap * (count - 1)) / sum)
  for (let end = 1; end <= aspects.length; end++) {
    best[end] = Infinity
    let sum = 0
    for (let begin = end - 1; begin >= 0; begin--) {
      sum += aspects[begin] ?? 1
      const height = heightOf(sum, end - begin)
      const total = (best[begin] ?? 0) + cost(height, wanted)
      if (total < (best[end] ?? Infinity)) [best[end], from[end]] = [total, begin]
      if (height < wanted / 3) break
    }
  }
  const rows: PictureRow[] = []
  for (let end = aspects.length; end > 0; end = from[end] ?? 0) {
    const first = from[end] ?? 0
    const sum = aspects.slice(first, end).reduce((all, aspect) => all + aspect, 0)
    // A few pictures alone are not blown up to the whole width.
    const height = Math.min(heightOf(sum, end - first), wanted * 1.5)
    rows.push({ first, count: end - first, height: Math.round(height) })
  }
  return rows.reverse()
}

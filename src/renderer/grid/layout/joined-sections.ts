/** What stands below one heading. */
export interface Section {
  /** As exact as it is known: `2019-06-30`, `2019-06` or `2019`; '' for photos without a date, null where it has not come yet. */
  date: string | null
  /** The last date of a section that was joined, as exact as the first; both are as exact as the least exact of its parts. */
  until?: string
  photos: number
}

/** The dates of two neighbours, the first one first, whichever comes first in the view. */
const span = (a: Section, b: Section) => {
  const all = [a.date, a.until, b.date, b.until].filter((date) => date !== undefined && date !== null)
  const known = Math.min(...all.map(({ length }) => length))
  const cut = all.map((date) => date.slice(0, known)).sort()
  return { date: cut[0] ?? '', until: cut.at(-1) ?? '' }
}

/** Joins neighbours that fit into one row together: a photo a month is no wall of headings. Dense months stay by themselves. */
export const joinSparse = (sections: readonly Section[], inRow: number): Section[] => {
  const joined: Section[] = []
  for (const section of sections) {
    const last = joined.at(-1)
    const photos = (last?.photos ?? 0) + section.photos
    if (last?.date && section.date && photos <= inRow)
      joined[joined.length - 1] = { ...span(last, section), photos }
    else joined.push(section)
  }
  return joined
}

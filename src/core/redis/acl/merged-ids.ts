/** One letter as it is, several as a class, which matches one of exactly these. */
const oneOf = (letters: readonly string[]) => {
  const all = letters.toSorted()
  return all.length === 1 ? all.join('') : `[${all.join('')}]`
}

/**
 * Ids as Redis's key patterns name them: those that differ in their last two letters alone are as few as there are rows of them that are not
 * alike (`o~Abcd12[3K][4q]` for `o~Abcd1234`, `o~Abcd123q`, `o~Abcd12K4` and `o~Abcd12Kq`). They match these ids and no other. Redis tries one
 * pattern after the other, so that each makes an account's commands longer. In the order of the first of each.
 *
 * @param ids of albums, which end with letters or digits: nothing else may stand in a class
 */
export const mergedIds = (ids: readonly string[]): string[] => {
  /** Last letters by what stands before them: a row. */
  const rows = Map.groupBy(new Set(ids), (id) => id.slice(0, -1))
  const parts = [...rows].map(([row, own]) => ({
    stem: row.slice(0, -1),
    letter: row.slice(-1),
    last: oneOf(own.map((id) => id.slice(-1))),
  }))
  /** Rows of one family that have the same last letters. */
  const alike = Map.groupBy(parts, ({ stem, last }) => `${stem} ${last}`)
  return [...alike.values()].map((family) => {
    const [{ stem, last } = { stem: '', last: '' }] = family
    return stem + oneOf(family.map(({ letter }) => letter)) + last
  })
}

/** One letter as it is, several as a class, which matches one of exactly these. */
const oneOf = (letters: Iterable<string>) => {
  const all = [...letters].toSorted()
  return all.length === 1 ? all.join('') : `[${all.join('')}]`
}

/** The same list of that key, which is there from then on. */
const listOf = <T>(lists: Map<string, T[]>, key: string): T[] => {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
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
  const rows = new Map<string, string[]>()
  for (const id of new Set(ids)) listOf(rows, id.slice(0, -1)).push(id.slice(-1))
  /** Rows of one family that have the same last letters, by these. */
  const alike = new Map<string, string[]>()
  const keyOf = (row: string) => `${row.slice(0, -1)} ${oneOf(rows.get(row) ?? [])}`
  for (const row of rows.keys()) listOf(alike, keyOf(row)).push(row.slice(-1))
  return [...alike].map(([key, letters]) => {
    const [stem = '', last = ''] = key.split(' ')
    return stem + oneOf(letters) + last
  })
}

/**
 * Ids as Redis's key patterns name them: those that differ in their last letter alone are one, which ends with a class of exactly these
 * letters (`o~Abcd123[4K]` for `o~Abcd1234` and `o~Abcd123K`), and matches no other id. Redis tries one pattern after the other, so
 * that an account's commands take longer with each. In the order of the first of each.
 *
 * @param ids of albums, which end with a letter or digit: nothing else may stand in a class
 */
export const mergedIds = (ids: readonly string[]): string[] => {
  const families = new Map<string, Set<string>>()
  for (const id of ids) {
    const stem = id.slice(0, -1)
    const last = families.get(stem) ?? new Set()
    families.set(stem, last.add(id.slice(-1)))
  }
  return [...families].map(([stem, last]) =>
    last.size === 1 ? stem + [...last].join('') : `${stem}[${[...last].toSorted().join('')}]`,
  )
}

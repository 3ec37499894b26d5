/** Something with a title whose `/` make branches: an album, or a tag. */
export interface Titled {
  title: string
  /** Null where they are not counted yet. */
  photos: number | null
}

/** A branch of a tree, as `/` in titles makes it. */
export interface Branch<T extends Titled = Titled> {
  /** The whole title down to here. */
  path: string
  /** The last part of it. */
  name: string
  /** What has that very title; null for a branch that only holds others. */
  item: T | null
  branches: Branch<T>[]
  photos: number | null
}

/**
 * Things as a tree, in the order in which they come. Empty parts of a title (`a//b`) are part of the name. A branch's photos
 * are those of all that is in it; `inclusive`: what has a title counts those below it already.
 */
export const toTree = <T extends Titled>(items: T[], { inclusive = false } = {}): Branch<T>[] => {
  const root: Branch<T> = { path: '', name: '', item: null, branches: [], photos: 0 }
  // Thousands side by side are usual: a branch is found by its path and not by looking through its row.
  const known = new Map<string, Branch<T>>()
  for (const item of items) {
    let branch = root
    for (const name of item.title.split(/(?<=[^/])\/(?=[^/])/)) {
      const path = branch === root ? name : `${branch.path}/${name}`
      const next = known.get(path) ?? { path, name, item: null, branches: [], photos: 0 }
      if (!known.has(path)) branch.branches.push(next)
      known.set(path, next)
      if (!inclusive || !next.item) next.photos = (next.photos ?? 0) + (item.photos ?? 0)
      branch = next
    }
    branch.item = item
    if (inclusive) branch.photos = item.photos
  }
  return root.branches
}

import type { Album } from '../../shared/schemas.ts'

/** A branch of the album tree, as `/` in titles makes it. */
export interface Branch {
  /** The whole title down to here. */
  path: string
  /** The last part of it. */
  name: string
  /** The album of that very title; null for a branch that only holds others. */
  album: Album | null
  branches: Branch[]
  /** Photos in this album and in all below. */
  photos: number
}

/** The albums as a tree, in the order in which they come. Empty parts of a title (`a//b`) are part of the name. */
export const albumTree = (albums: Album[]): Branch[] => {
  const root: Branch = { path: '', name: '', album: null, branches: [], photos: 0 }
  // Thousands of albums side by side are usual: a branch is found by its path and not by looking through its row.
  const known = new Map<string, Branch>()
  for (const album of albums) {
    let branch = root
    for (const name of album.title.split(/(?<=[^/])\/(?=[^/])/)) {
      const path = branch === root ? name : `${branch.path}/${name}`
      const next = known.get(path) ?? { path, name, album: null, branches: [], photos: 0 }
      if (!known.has(path)) branch.branches.push(next)
      known.set(path, next)
      next.photos += album.photos
      branch = next
    }
    branch.album = album
  }
  return root.branches
}

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

const insert = (branches: Branch[], album: Album, parts: string[], above: string) => {
  const name = parts[0] ?? ''
  const path = above ? `${above}/${name}` : name
  let branch = branches.find((other) => other.path === path)
  if (!branch) {
    branch = { path, name, album: null, branches: [], photos: 0 }
    branches.push(branch)
  }
  branch.photos += album.photos
  if (parts.length === 1) branch.album = album
  else insert(branch.branches, album, parts.slice(1), path)
}

/** The albums as a tree, in the order in which they come. Empty parts of a title (`a//b`) are part of the name. */
export const albumTree = (albums: Album[]): Branch[] => {
  const branches: Branch[] = []
  for (const album of albums) insert(branches, album, album.title.split(/(?<=[^/])\/(?=[^/])/), '')
  return branches
}

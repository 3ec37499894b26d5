import { dirname } from 'node:path'
import type { AwayFolder } from '../../../shared/schemas/library.ts'
import type { RegisteredRoot } from '../../gallery/local-settings.ts'
import type { KnownFiles } from '../index/file-index.ts'
import { isAway } from './away.ts'
import { isIn } from './registered-roots.ts'

/** Folders below roots that are away as a whole, as far as is known; their photos are offline. */
export class AwayFolders {
  readonly #folders = new Set<string>()
  readonly #known: () => KnownFiles
  readonly #rootOf: (path: string) => RegisteredRoot | null

  constructor(known: () => KnownFiles, rootOf: (path: string) => RegisteredRoot | null) {
    this.#known = known
    this.#rootOf = rootOf
  }

  /** A root, or a part of one, is looked at anew. */
  begin(path: string) {
    for (const folder of this.#folders) if (isIn(folder, path)) this.#folders.delete(folder)
  }

  /** Whether a photo whose file is not there is offline with its whole folder. */
  async has(path: string): Promise<boolean> {
    const folder = dirname(path)
    if (this.#folders.has(folder)) return true
    const root = this.#rootOf(path)
    if (!root || root.file) return false
    if (!(await isAway(folder, root.path, () => this.#newestIn(folder)))) return false
    this.#folders.add(folder)
    return true
  }

  /** Those of a root, with the number of their photos. */
  in(root: string): AwayFolder[] {
    const counts = new Map<string, number>()
    if (this.#folders.size > 0)
      for (const [path, { missing }] of this.#known().entries) {
        const folder = dirname(path)
        if (!missing && this.#folders.has(folder) && isIn(folder, root))
          counts.set(folder, (counts.get(folder) ?? 0) + 1)
      }
    return [...counts].map(([path, photos]) => ({ path, photos }))
  }

  /** The folders that a user says are gone for good. */
  drop(folder: string) {
    this.begin(folder)
  }

  #newestIn(folder: string): number | null {
    let newest: number | null = null
    for (const [path, { ctime }] of this.#known().entries)
      if (dirname(path) === folder) newest = Math.max(newest ?? 0, ctime ?? Infinity)
    return newest
  }
}

import { SvelteSet } from 'svelte/reactivity'
import type { Branch } from './tree.ts'

export interface TreeRow {
  branch: Branch
  level: number
}

/** Which branches of the album tree are closed, and what of it is seen. */
export class TreeState {
  readonly #closed = new SvelteSet<string>()
  readonly #searching: () => boolean

  /** While somebody searches, every branch is open: what was found is seen. */
  constructor(searching: () => boolean) {
    this.#searching = searching
  }

  isOpen(path: string) {
    return this.#searching() || !this.#closed.has(path)
  }

  toggle(path: string) {
    if (!this.#closed.delete(path)) this.#closed.add(path)
  }

  /** The rows from top to bottom, without those below closed branches. */
  rows(branches: Branch[], level = 1): TreeRow[] {
    return branches.flatMap((branch) => [
      { branch, level },
      ...(this.isOpen(branch.path) ? this.rows(branch.branches, level + 1) : []),
    ])
  }

  /** Where a key leads in the tree, by the ARIA pattern of trees: -1 where nowhere. Opens and closes on the way. */
  move(key: string, rows: TreeRow[], at: number): number {
    const row = rows[at]
    if (!row) return -1
    const { branch, level } = row
    const inner = branch.branches.length > 0
    if (key === 'ArrowDown') return Math.min(rows.length - 1, at + 1)
    if (key === 'ArrowUp') return Math.max(0, at - 1)
    if (key === 'Home') return 0
    if (key === 'End') return rows.length - 1
    if (key === 'ArrowRight' && inner) {
      if (this.isOpen(branch.path)) return at + 1
      this.toggle(branch.path)
      return at
    }
    if (key !== 'ArrowLeft') return -1
    if (inner && this.isOpen(branch.path)) {
      this.toggle(branch.path)
      return at
    }
    return Math.max(
      0,
      rows.slice(0, at).findLastIndex((above) => above.level < level),
    )
  }
}

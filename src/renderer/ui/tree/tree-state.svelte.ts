import { inRow } from '../../i18n/forward.ts'
import { SvelteSet } from 'svelte/reactivity'
import type { Branch, Titled } from './tree.ts'

export interface TreeRow<T extends Titled = Titled> {
  branch: Branch<T>
  level: number
}

/** Which branches of the album tree are closed, and what of it is seen. */
export class TreeState {
  /** Those that are not as they were at first. */
  readonly #turned = new SvelteSet<string>()
  readonly #maxClosed: boolean

  /** `closed`: branches are closed at first. */
  constructor({ closed = false } = {}) {
    this.#maxClosed = closed
  }

  isOpen(path: string) {
    return this.#turned.has(path) === this.#maxClosed
  }

  toggle(path: string) {
    if (!this.#turned.delete(path)) this.#turned.add(path)
  }

  /** The rows from top to bottom, without those below closed branches. */
  rows<T extends Titled>(branches: Branch<T>[], level = 1): TreeRow<T>[] {
    return branches.flatMap((branch) => [
      { branch, level },
      ...(this.isOpen(branch.path) ? this.rows(branch.branches, level + 1) : []),
    ])
  }

  /** Where a key leads in the tree, by the ARIA pattern of trees: -1 where nowhere. Opens and closes on the way. */
  move(pressed: string, rows: TreeRow[], at: number): number {
    const key = inRow(pressed)
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

import { inRow } from '../i18n/forward.ts'
import { mayComment } from '../../shared/domain/access.ts'
import type { AccessLevel, RightChange } from '../../shared/schemas/access.ts'
import type { Album } from '../../shared/schemas/album.ts'
import { runByKey } from '../commands/command.ts'
import { matrixCommands, type MatrixControls } from '../commands/matrix-commands.ts'
import type { Holder, AccessState } from './access-state.svelte.ts'

/** Sizes of the matrix, in pixels. */
export const sizes = { row: 28, column: 32, head: 148, name: 232 }

const levels: AccessLevel[] = ['none', 'read', 'comment', 'modify']

/** Rows or columns drawn beyond what is seen. */
const overscan = 3

interface Seen {
  first: number
  last: number
}

const stretch = (from: number, size: number, step: number, count: number): Seen => ({
  first: Math.max(0, Math.floor(from / step) - overscan),
  last: Math.min(count, Math.ceil((from + size) / step) + overscan),
})

/**
 * The matrix of accounts and groups by albums: only what is seen is drawn, however large it is. The cursor is on a cell, or on
 * a name at the edge (row or column -1), where a key means the whole row or column.
 */
export class Matrix {
  readonly #access: AccessState
  readonly #holders: () => Holder[]
  readonly #albums: () => Album[]
  row = $state(0)
  column = $state(0)
  top = $state(0)
  left = $state(0)
  width = $state(800)
  height = $state(500)

  constructor(access: AccessState, holders: () => Holder[], albums: () => Album[]) {
    this.#access = access
    this.#holders = holders
    this.#albums = albums
  }

  readonly rows = $derived.by(() =>
    stretch(this.top, this.height - sizes.head, sizes.row, this.#holders().length),
  )
  readonly columns = $derived.by(() =>
    stretch(this.left, this.width - sizes.name, sizes.column, this.#albums().length),
  )

  /** The highest right that can be given in a row: everybody can only look. */
  #most(holder: Holder): AccessLevel {
    return holder.subject === 'guest' ? 'read' : 'modify'
  }

  next(level: AccessLevel, holder: Holder): AccessLevel {
    const at = levels.indexOf(level) + 1
    return levels[at > levels.indexOf(this.#most(holder)) ? 0 : at] ?? 'none'
  }

  /** Gives a right in one cell, in a whole row, in a whole column, or everywhere that the filters show. */
  give(row: number, column: number, right: AccessLevel) {
    const holders = row < 0 ? this.#holders() : this.#holders().slice(row, row + 1)
    const albums = column < 0 ? this.#albums() : this.#albums().slice(column, column + 1)
    const changes = holders.flatMap((holder) =>
      albums.map(({ id }): RightChange => {
        const level = this.#most(holder) === 'read' && mayComment(right) ? 'read' : right
        return { subject: holder.subject, album: id, right: level }
      }),
    )
    void this.#access.give(changes)
  }

  /** The next right of a cell. */
  cycle(row: number, column: number) {
    const [holder, album] = [this.#holders()[row], this.#albums()[column]]
    if (!holder || !album) return
    this.give(row, column, this.next(this.#access.right(holder.subject, album.id), holder))
  }

  readonly #controls: MatrixControls = {
    give: (level) => this.give(this.row, this.column, level),
    cycle: () => this.cycle(this.row, this.column),
  }

  /** What a key does; whether it meant anything. */
  press(event: KeyboardEvent): boolean {
    const { key } = event
    const page = Math.max(1, Math.floor((this.height - sizes.head) / sizes.row) - 1)
    const moves: Record<string, [number, number]> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      PageUp: [-page, 0],
      PageDown: [page, 0],
      Home: [0, -Infinity],
      End: [0, Infinity],
    }
    const move = moves[inRow(key)]
    if (!move) return runByKey(event, matrixCommands, this.#controls)
    this.#go(this.row + move[0], this.column + move[1])
    return true
  }

  #go(row: number, column: number) {
    this.row = Math.max(-1, Math.min(this.#holders().length - 1, row))
    this.column = Math.max(-1, Math.min(this.#albums().length - 1, column))
  }

  /** Where to scroll so that the cursor is seen. */
  scrollTo(): { top: number; left: number } {
    const [x, y] = [Math.max(0, this.column) * sizes.column, Math.max(0, this.row) * sizes.row]
    const [roomX, roomY] = [this.width - sizes.name - sizes.column, this.height - sizes.head - sizes.row]
    return {
      top: Math.min(y, Math.max(this.top, y - roomY)),
      left: Math.min(x, Math.max(this.left, x - roomX)),
    }
  }
}

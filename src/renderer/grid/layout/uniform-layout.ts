import type { Box, CellLook, GridLayout } from './grid-layout.ts'

interface Cells {
  look: CellLook
  total: number
  /** Of the grid. */
  width: number
  columns: number
  cellWidth: number
  cellHeight: number
}

/** Cells of one size in rows of one length: where they are is arithmetic, however many there are. */
export class UniformLayout implements GridLayout {
  readonly look: CellLook
  readonly total: number
  readonly columns: number
  readonly rows: number
  readonly height: number
  readonly #cells: Cells
  readonly #left: number

  constructor(cells: Cells) {
    const { look, total, width, columns, cellWidth, cellHeight } = cells
    this.#cells = cells
    this.look = look
    this.total = total
    this.columns = columns
    this.rows = Math.ceil(total / columns)
    this.height = this.rows === 0 ? 0 : this.rows * (cellHeight + look.gap) - look.gap + 2 * look.margin
    const across = columns * (cellWidth + look.gap) - look.gap
    // Where cells do not use all of the width they stand in its middle.
    this.#left = Math.max(look.margin, Math.floor((width - across) / 2))
  }

  get #pitch() {
    return this.#cells.cellHeight + this.look.gap
  }

  readonly rowTop = (row: number) => this.look.margin + row * this.#pitch
  readonly rowHeight = () => this.#cells.cellHeight
  readonly rowAt = (y: number) => Math.floor((y - this.look.margin) / this.#pitch)
  readonly rowOf = (index: number) => Math.floor(index / this.columns)
  readonly firstOf = (row: number) => row * this.columns
  readonly countOf = (row: number) => Math.min(this.columns, this.total - row * this.columns)

  readonly cell = (index: number): Box => {
    const { cellWidth, cellHeight } = this.#cells
    const left = this.#left + (index % this.columns) * (cellWidth + this.look.gap)
    const top = this.rowTop(this.rowOf(index))
    return { left, top, right: left + cellWidth, bottom: top + cellHeight }
  }
}

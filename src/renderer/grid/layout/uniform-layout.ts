import { lastWhere, type Box, type CellLook, type GridLayout, type SectionRoom } from './grid-layout.ts'

interface Cells {
  look: CellLook
  total: number
  /** How many photos each section has. */
  sections: readonly number[]
  /** Of the grid. */
  width: number
  columns: number
  cellWidth: number
  cellHeight: number
}

interface Section extends SectionRoom {
  /** Its first index in the grid, how many photos it has, and its first row. */
  begin: number
  count: number
  row: number
  rows: number
  /** Of its first row. */
  cellsTop: number
}

/** Cells of one size in rows of one length: where they are is arithmetic, however many there are. */
export class UniformLayout implements GridLayout {
  readonly look: CellLook
  readonly total: number
  readonly columns: number
  readonly rows: number
  readonly height: number
  readonly sections: readonly Section[]
  readonly #cells: Cells
  readonly #left: number

  constructor(cells: Cells) {
    const { look, total, width, columns, cellWidth } = cells
    this.#cells = cells
    this.look = look
    this.total = total
    this.columns = columns
    this.sections = this.#divide()
    const last = this.sections.at(-1)
    this.rows = last ? last.row + last.rows : 0
    this.height = last ? last.bottom + look.margin : 0
    const across = columns * (cellWidth + look.gap) - look.gap
    // Where cells do not use all of the width they stand in its middle.
    this.#left = Math.max(look.margin, Math.floor((width - across) / 2))
  }

  #divide(): Section[] {
    const { sections, look, columns } = this.#cells
    let [begin, row, top] = [0, 0, look.heading > 0 ? 0 : look.margin]
    return sections.map((count) => {
      const rows = Math.ceil(count / columns)
      const cellsTop = top + look.heading
      const bottom = cellsTop + rows * this.#pitch - look.gap
      const section = { begin, count, row, rows, top, cellsTop, bottom }
      begin += count
      row += rows
      top = bottom + look.gap
      return section
    })
  }

  get #pitch() {
    return this.#cells.cellHeight + this.look.gap
  }

  readonly rowTop = (row: number) => {
    const { cellsTop, row: first } = this.#ofRow(row)
    return cellsTop + (row - first) * this.#pitch
  }

  readonly rowHeight = () => this.#cells.cellHeight

  readonly rowAt = (y: number) => {
    const section = lastWhere(this.sections, ({ cellsTop }) => cellsTop <= y)
    if (!section) return -1
    const row = section.row + Math.floor((y - section.cellsTop) / this.#pitch)
    return section === this.sections.at(-1) ? row : Math.min(row, section.row + section.rows - 1)
  }

  readonly rowOf = (index: number) => {
    const { row, begin } = this.#of(index)
    return row + Math.floor((index - begin) / this.columns)
  }

  readonly firstOf = (row: number) => {
    const { begin, row: first } = this.#ofRow(row)
    return begin + (row - first) * this.columns
  }

  readonly countOf = (row: number) => {
    const { row: first, count } = this.#ofRow(row)
    return Math.min(this.columns, count - (row - first) * this.columns)
  }

  readonly cell = (index: number): Box => {
    const { cellWidth, cellHeight } = this.#cells
    const { begin } = this.#of(index)
    const left = this.#left + ((index - begin) % this.columns) * (cellWidth + this.look.gap)
    const top = this.rowTop(this.rowOf(index))
    return { left, top, right: left + cellWidth, bottom: top + cellHeight }
  }

  #of(index: number): Section {
    return lastWhere(this.sections, ({ begin }) => begin <= index) ?? this.#none
  }

  #ofRow(row: number): Section {
    return lastWhere(this.sections, ({ row: first }) => first <= row) ?? this.#none
  }

  /** What stands for a section where there are no photos. */
  get #none(): Section {
    const { margin } = this.look
    return { begin: 0, count: 0, row: 0, rows: 0, top: margin, cellsTop: margin, bottom: margin }
  }
}

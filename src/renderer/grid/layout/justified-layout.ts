import {
  lastIndexWhere,
  lastWhere,
  type Box,
  type CellLook,
  type GridLayout,
  type SectionRoom,
} from './grid-layout.ts'
import { pageSize } from '../page-size.ts'
import { loadedAspects, usualAspect, type PageAspects } from './loaded-aspects.ts'
import { breakRows, type PictureRow } from './row-breaks.ts'

/** Pictures that are laid out together: as many as are loaded together. */
const blockSize = pageSize

interface Block {
  /** Its first index in the grid. */
  begin: number
  /** Of the first row, from the top of the content. */
  top: number
  /** Number of its first row in the grid. */
  row: number
  rows: PictureRow[]
  /** Of each row, from the top of the block. */
  tops: number[]
  height: number
  aspects: readonly number[]
}

interface Wanted {
  look: CellLook
  total: number
  /** How many photos each section has. */
  sections: readonly number[]
  width: number
  /** About the height of a row. */
  rowHeight: number
  aspects: PageAspects
}

/**
 * Whole pictures in rows that fill the width. Each section is laid out in blocks, and each block by itself, so that one that is loaded
 * changes only its own rows; one that is not has as many rows as photos of the usual shape would need.
 */
export class JustifiedLayout implements GridLayout {
  readonly look: CellLook
  readonly total: number
  readonly rows: number
  readonly columns: number
  readonly height: number
  readonly sections: readonly SectionRoom[]
  readonly #blocks: Block[] = []

  constructor({ look, total, sections, width, rowHeight, aspects }: Wanted) {
    this.look = look
    this.total = total
    const room = Math.max(1, width - 2 * look.margin)
    let [top, row, columns, begin] = [look.heading > 0 ? 0 : look.margin, 0, 1, 0]
    this.sections = sections.map((photos) => {
      const from = top
      top += look.heading
      for (const end = begin + photos; begin < end;) {
        const count = Math.min(blockSize, end - begin)
        const shown = loadedAspects(aspects, total, begin, count)
        const block = { begin, top, row, ...this.#rows(shown, room, rowHeight) }
        this.#blocks.push(block)
        top += block.height + look.gap
        row += block.rows.length
        begin += count
        for (const { count } of block.rows) columns = Math.max(columns, count)
      }
      return { top: from, bottom: top - look.gap }
    })
    this.rows = row
    this.columns = columns
    this.height = total === 0 ? 0 : top - look.gap + look.margin
  }

  #rows(aspects: readonly number[], room: number, rowHeight: number) {
    const rows = rowsOf(aspects, room, rowHeight, this.look.gap)
    const tops: number[] = []
    let height = 0
    for (const one of rows) {
      tops.push(height)
      height += one.height + this.look.gap
    }
    return { rows, tops, height: height - this.look.gap, aspects }
  }

  readonly rowTop = (row: number) => {
    const block = this.#blockOfRow(row)
    return block ? block.top + (block.tops[row - block.row] ?? block.height) : this.look.margin
  }

  readonly rowHeight = (row: number) => {
    const block = this.#blockOfRow(row)
    return block?.rows[row - block.row]?.height ?? 1
  }

  readonly rowAt = (y: number) => {
    const block = lastWhere(this.#blocks, ({ top }) => top <= y)
    if (!block) return -1
    return y > this.height ? this.rows : block.row + lastIndexWhere(block.tops, (top) => block.top + top <= y)
  }

  readonly rowOf = (index: number) => {
    const block = this.#blockOf(index)
    return block ? block.row + lastIndexWhere(block.rows, ({ first }) => first <= index - block.begin) : 0
  }

  readonly firstOf = (row: number) => {
    const block = this.#blockOfRow(row)
    return block ? block.begin + (block.rows[row - block.row]?.first ?? 0) : 0
  }

  readonly countOf = (row: number) => {
    const block = this.#blockOfRow(row)
    return block?.rows[row - block.row]?.count ?? 0
  }

  readonly cell = (index: number): Box => {
    const row = this.rowOf(index)
    const [top, height] = [this.rowTop(row), this.rowHeight(row)]
    const { aspects = [], begin = 0 } = this.#blockOf(index) ?? {}
    const widthOf = (n: number) => (aspects[n - begin] ?? usualAspect) * height
    let left = this.look.margin
    for (let n = this.firstOf(row); n < index; n++) left += widthOf(n) + this.look.gap
    return { left: Math.round(left), top, right: Math.round(left + widthOf(index)), bottom: top + height }
  }

  #blockOf(index: number) {
    return lastWhere(this.#blocks, ({ begin }) => begin <= index)
  }

  #blockOfRow(row: number) {
    return lastWhere(this.#blocks, (block) => block.row <= row)
  }
}

/** Rows of photos that did not change and have the same room are the same. */
const known = new WeakMap<readonly number[], { key: string; rows: PictureRow[] }>()

const rowsOf = (aspects: readonly number[], room: number, rowHeight: number, gap: number) => {
  const key = [room, rowHeight, gap].join()
  const before = known.get(aspects)
  if (before?.key === key) return before.rows
  const rows = breakRows(aspects, room, rowHeight, gap)
  known.set(aspects, { key, rows })
  return rows
}

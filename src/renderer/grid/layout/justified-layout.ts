import type { Box, CellLook, GridLayout } from './grid-layout.ts'
import { pageSize } from '../page-size.ts'
import { breakRows, type PictureRow } from './row-breaks.ts'

/** Pictures that are laid out together: as many as are loaded together. */
const blockSize = pageSize

/** What is taken for the aspect of photos that are not loaded: that of most cameras. */
const usualAspect = 1.5

/** Blocks that are not loaded, by how many photos they have: the same each time, so that their rows are known. */
const unloaded = new Map<number, readonly number[]>()

const unloadedOf = (count: number) => {
  const before = unloaded.get(count) ?? new Array<number>(count).fill(usualAspect)
  unloaded.set(count, before)
  return before
}

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
  width: number
  /** About the height of a row. */
  rowHeight: number
  /** The aspects of the photos of a block; undefined where they are not known. */
  aspects: (block: number) => readonly number[] | undefined
}

/**
 * Whole pictures in rows that fill the width. Each block of photos is laid out by itself, so that one that is loaded changes only
 * its own rows; one that is not has as many rows as photos of the usual shape would need.
 */
export class JustifiedLayout implements GridLayout {
  readonly look: CellLook
  readonly total: number
  readonly rows: number
  readonly columns: number
  readonly height: number
  readonly #blocks: Block[] = []

  constructor({ look, total, width, rowHeight, aspects }: Wanted) {
    this.look = look
    this.total = total
    const room = Math.max(1, width - 2 * look.margin)
    let [top, row, columns] = [look.margin, 0, 1]
    for (let begin = 0; begin < total; begin += blockSize) {
      const count = Math.min(blockSize, total - begin)
      const loaded = aspects(begin / blockSize)
      const shown = loaded?.length === count ? loaded : unloadedOf(count)
      const block = { begin, top, row, ...this.#rows(shown, room, rowHeight) }
      this.#blocks.push(block)
      top += block.height + look.gap
      row += block.rows.length
      for (const { count } of block.rows) columns = Math.max(columns, count)
    }
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
    const block = this.#blocks[Math.floor(index / blockSize)]
    return block ? block.row + lastIndexWhere(block.rows, ({ first }) => first <= index % blockSize) : 0
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
    const aspects = this.#blocks[Math.floor(index / blockSize)]?.aspects ?? []
    const widthOf = (n: number) => (aspects[n % blockSize] ?? usualAspect) * height
    let left = this.look.margin
    for (let n = this.firstOf(row); n < index; n++) left += widthOf(n) + this.look.gap
    return { left: Math.round(left), top, right: Math.round(left + widthOf(index)), bottom: top + height }
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

/** The last index of a list for which something holds that holds for all before it; -1 where it holds for none. */
const lastIndexWhere = <T>(list: readonly T[], holds: (one: T) => boolean): number => {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const one = list[middle]
    if (one !== undefined && holds(one)) low = middle + 1
    else high = middle
  }
  return low - 1
}

const lastWhere = <T>(list: readonly T[], holds: (one: T) => boolean): T | undefined =>
  list[lastIndexWhere(list, holds)]

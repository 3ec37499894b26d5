import type { CellLook, GridLayout, Wall } from './grid-layout.ts'
import { JustifiedLayout } from './justified-layout.ts'
import { UniformLayout } from './uniform-layout.ts'

interface Wanted {
  wall: Wall
  total: number
  /** About the side of a picture, or the height of a row. */
  size: number
  /** Of the grid. */
  width: number
  height: number
  /** The aspects of the photos of a block, as `JustifiedLayout` asks for them. */
  aspects: (block: number) => readonly number[] | undefined
}

/** A grid that is narrower than this uses all of its width, as those of phones are. */
export const narrowPx = 600
/** A picture in a cell of its own is not larger than a thumbnail. */
const largestPicture = 320
const largestSingle = 1600

const framed: CellLook = { gap: 4, margin: 12, mat: 6, caption: 20, crops: false }
const plain = (width: number, crops: boolean): CellLook =>
  width < narrowPx
    ? { gap: 2, margin: 0, mat: 0, caption: 0, crops }
    : { gap: 4, margin: 12, mat: 0, caption: 0, crops }

/** As many cells of about a width as use all of the room. */
const columnsIn = (width: number, { margin, gap }: CellLook, cell: number) => {
  const room = Math.max(0, width - 2 * margin)
  const columns = Math.max(1, Math.round((room + gap) / (cell + gap)))
  return { columns, cellWidth: Math.floor((room + gap) / columns) - gap }
}

const cells = ({ total, size, width }: Wanted): GridLayout => {
  const { columns, cellWidth } = columnsIn(width, framed, size + 2 * framed.mat)
  const wide = Math.max(2 * framed.mat + 1, cellWidth)
  const picture = Math.min(largestPicture, wide - 2 * framed.mat)
  const cellHeight = picture + 2 * framed.mat + framed.caption
  return new UniformLayout({ look: framed, total, width, columns, cellWidth: wide, cellHeight })
}

/** On phones, three in a row at the usual size. */
const squares = ({ total, size, width }: Wanted): GridLayout => {
  const look = plain(width, true)
  const { columns, cellWidth } = columnsIn(width, look, width < narrowPx ? size * 0.72 : size)
  const side = Math.max(1, cellWidth)
  return new UniformLayout({ look, total, width, columns, cellWidth: side, cellHeight: side })
}

const rows = ({ total, size, width, aspects }: Wanted): GridLayout => {
  const look = plain(width, false)
  const rowHeight = width < narrowPx ? size * 0.72 : size
  return new JustifiedLayout({ look, total, width, rowHeight, aspects })
}

/** One below the other, each as large as the window shows whole. */
const single = ({ total, width, height }: Wanted): GridLayout => {
  const look: CellLook = { ...plain(width, false), gap: 24, caption: 24 }
  const cellWidth = Math.max(1, Math.min(largestSingle, width - 2 * look.margin))
  const tallest = Math.max(200, height - look.gap - look.caption)
  const cellHeight = Math.round(Math.min(cellWidth, tallest)) + look.caption
  return new UniformLayout({ look, total, width, columns: 1, cellWidth, cellHeight })
}

const walls = { cells, squares, rows, single }

/** Lays out the photos of a view on a wall. */
export const layOut = (wanted: Wanted): GridLayout => walls[wanted.wall](wanted)

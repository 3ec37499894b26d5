import { usualAspect, type PageAspects } from './loaded-aspects.ts'
import type { CellLook, GridLayout, Wall } from './grid-layout.ts'
import { JustifiedLayout } from './justified-layout.ts'
import { UniformLayout } from './uniform-layout.ts'

interface Wanted {
  wall: Wall
  total: number
  /** How many photos stand below each heading; empty for a wall without any. What is beyond the last one stands below it. */
  sections: readonly number[]
  /** About the side of a picture, or the height of a row. */
  size: number
  /** Of the grid. */
  width: number
  height: number
  aspects: PageAspects
}

/** A grid that is narrower than this uses all of its width, as those of phones are. */
export const narrowPx = 600
/** A picture in a cell of its own is not larger than a thumbnail. */
const largestPicture = 320
const largestSingle = 1600
const headingPx = 36

/** A wall as it is to be: each section with its size, and the room for its heading. */
type Divided = Wanted & { heading: number }

const framed: CellLook = { gap: 4, margin: 12, mat: 6, caption: 20, heading: 0, crops: false }
const plain = ({ width, heading }: Pick<Divided, 'width' | 'heading'>, crops: boolean): CellLook =>
  width < narrowPx
    ? { gap: 2, margin: 0, mat: 0, caption: 0, heading, crops }
    : { gap: 4, margin: 12, mat: 0, caption: 0, heading, crops }

/** As many cells of about a width as use all of the room. */
const columnsIn = (width: number, { margin, gap }: CellLook, cell: number) => {
  const room = Math.max(0, width - 2 * margin)
  const columns = Math.max(1, Math.round((room + gap) / (cell + gap)))
  return { columns, cellWidth: Math.floor((room + gap) / columns) - gap }
}

const framedIn = (width: number, size: number) => columnsIn(width, framed, size + 2 * framed.mat)

const cells = ({ total, sections, size, width, heading }: Divided): GridLayout => {
  const look = { ...framed, heading }
  const { columns, cellWidth } = framedIn(width, size)
  const wide = Math.max(2 * framed.mat + 1, cellWidth)
  const picture = Math.min(largestPicture, wide - 2 * framed.mat)
  const cellHeight = picture + 2 * framed.mat + framed.caption
  return new UniformLayout({ look, total, sections, width, columns, cellWidth: wide, cellHeight })
}

/** On phones three squares stand in a row at the usual size. */
const sizeIn = ({ size, width }: Pick<Wanted, 'size' | 'width'>) => (width < narrowPx ? size * 0.72 : size)

const squares = (wanted: Divided): GridLayout => {
  const { total, sections, width } = wanted
  const look = plain(wanted, true)
  const { columns, cellWidth } = columnsIn(width, look, sizeIn(wanted))
  const side = Math.max(1, cellWidth)
  return new UniformLayout({ look, total, sections, width, columns, cellWidth: side, cellHeight: side })
}

const rows = (wanted: Divided): GridLayout => {
  const { total, sections, width, aspects } = wanted
  const look = plain(wanted, false)
  const rowHeight = sizeIn(wanted)
  return new JustifiedLayout({ look, total, sections, width, rowHeight, aspects })
}

/** One below the other, each as large as the window shows whole. */
const single = (wanted: Divided): GridLayout => {
  const { total, sections, width, height } = wanted
  const look: CellLook = { ...plain(wanted, false), gap: 24, caption: 24 }
  const cellWidth = Math.max(1, Math.min(largestSingle, width - 2 * look.margin))
  const tallest = Math.max(200, height - look.gap - look.caption - look.heading)
  const cellHeight = Math.round(Math.min(cellWidth, tallest)) + look.caption
  return new UniformLayout({ look, total, sections, width, columns: 1, cellWidth, cellHeight })
}

const walls = { cells, squares, rows, single }

/** Sections that together have all photos: they were counted a moment before or after these. */
const fitted = (sections: readonly number[], total: number): number[] => {
  let left = total
  const sizes = sections.flatMap((photos) => {
    const size = Math.min(photos, left)
    left -= size
    return size > 0 ? [size] : []
  })
  const last = sizes.pop() ?? 0
  return last + left > 0 ? [...sizes, last + left] : sizes
}

/** Lays out the photos of a view on a wall. */
export const layOut = (wanted: Wanted): GridLayout =>
  walls[wanted.wall]({
    ...wanted,
    heading: wanted.sections.length > 0 ? headingPx : 0,
    sections: fitted(wanted.sections, wanted.total),
  })

/** How many photos stand in a row of a wall, about: of those of rows it is told when they have come. */
export const countInRow = (wanted: Pick<Wanted, 'wall' | 'size' | 'width'>): number => {
  const { wall, size, width } = wanted
  if (wall === 'single') return 1
  if (wall === 'cells') return framedIn(width, size).columns
  const look = plain({ width, heading: 0 }, wall === 'squares')
  return columnsIn(width, look, sizeIn(wanted) * (wall === 'rows' ? usualAspect : 1)).columns
}

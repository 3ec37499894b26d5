/** How photos hang: each whole in a square cell, cropped to squares, whole in rows of one height, or one below the other. */
export type Wall = 'cells' | 'squares' | 'rows' | 'single'

/** What cells of a wall have around their pictures, in CSS pixels. */
export interface CellLook {
  /** Between cells. */
  gap: number
  /** Between the outer cells and the edges of the grid. */
  margin: number
  /** Around a picture within its cell, for the frame of the selection. */
  mat: number
  /** Below a picture, for its name; 0: it lies over the picture. */
  caption: number
  /** Above each section, for its heading; 0: sections have none. */
  heading: number
  /** Pictures fill their cells, and lose what does not fit. */
  crops: boolean
}

export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

/** The room of a section: its heading at the top, its cells below that. */
export interface SectionRoom {
  top: number
  bottom: number
}

/** Where the cells of a grid are: pure arithmetic in CSS pixels, in rows from the top of its content. */
export interface GridLayout {
  readonly look: CellLook
  readonly total: number
  readonly rows: number
  /** The most cells that a row has. */
  readonly columns: number
  /** Of the whole content. */
  readonly height: number
  /** Of each section, from the first one on. Each begins with a row of its own. */
  readonly sections: readonly SectionRoom[]
  rowTop: (row: number) => number
  rowHeight: (row: number) => number
  /** The row at a height of the content, or the last one above; below 0 and beyond the last where there is none. */
  rowAt: (y: number) => number
  rowOf: (index: number) => number
  /** The first index of a row. */
  firstOf: (row: number) => number
  countOf: (row: number) => number
  cell: (index: number) => Box
}

/** The room for the picture within a cell. */
export const pictureRoom = ({ mat, caption }: CellLook, { left, top, right, bottom }: Box) => ({
  width: Math.max(1, right - left - 2 * mat),
  height: Math.max(1, bottom - top - 2 * mat - caption),
})

/** From one row to the next. */
export const pitchOf = (layout: GridLayout, row: number) => layout.rowHeight(row) + layout.look.gap

/** The rows that a part of the grid shows, and some beyond its edges. */
export const visibleRows = (layout: GridLayout, top: number, height: number, beyond = 2) => {
  const first = Math.max(0, layout.rowAt(top) - beyond)
  const last = Math.min(layout.rows - 1, layout.rowAt(top + height) + beyond)
  return { first, last }
}

/** The sections that some rows are of. */
export const sectionsIn = (
  { sections, rowTop }: GridLayout,
  first: number,
  last: number,
): { first: number; last: number } => ({
  first: lastIndexWhere(sections, ({ top }) => top <= rowTop(first)),
  last: lastIndexWhere(sections, ({ top }) => top <= rowTop(last)),
})

/** All indexes of some rows. */
export const indexesOf = (
  layout: GridLayout,
  first: number,
  last: number,
): { first: number; last: number } => ({
  first: layout.firstOf(first),
  last: layout.firstOf(last) + layout.countOf(last) - 1,
})

/** The indexes whose cells a rectangle touches. */
export const indexesIn = (layout: GridLayout, box: Box): number[] => {
  const first = Math.max(0, layout.rowAt(box.top))
  const last = Math.min(layout.rows - 1, layout.rowAt(box.bottom))
  const indexes: number[] = []
  for (let row = first; row <= last; row++)
    for (let n = 0; n < layout.countOf(row); n++) {
      const index = layout.firstOf(row) + n
      const { left, top, right, bottom } = layout.cell(index)
      if (left <= box.right && right >= box.left && top <= box.bottom && bottom >= box.top)
        indexes.push(index)
    }
  return indexes
}

/** The cell of a row whose middle is nearest to a place across. */
const nearestIn = (layout: GridLayout, row: number, x: number) => {
  const [first, count] = [layout.firstOf(row), layout.countOf(row)]
  const far = (index: number) => {
    const { left, right } = layout.cell(index)
    return Math.abs((left + right) / 2 - x)
  }
  let nearest = first
  for (let index = first + 1; index < first + count; index++) if (far(index) < far(nearest)) nearest = index
  return nearest
}

/** The index so many rows further down, or up for a negative number, below or above another one; the same where there is none. */
export const acrossRows = (layout: GridLayout, index: number, by: number): number => {
  if (layout.total === 0) return index
  const row = layout.rowOf(index)
  const to = Math.min(layout.rows - 1, Math.max(0, row + by))
  if (to === row) return index
  const { left, right } = layout.cell(index)
  return nearestIn(layout, to, (left + right) / 2)
}

/** The index before which something lies that is dropped at a place of the content. */
export const indexBefore = (layout: GridLayout, x: number, y: number): number => {
  if (layout.rows === 0) return 0
  const row = Math.min(layout.rows - 1, Math.max(0, layout.rowAt(y)))
  const nearest = nearestIn(layout, row, x)
  const { left, right } = layout.cell(nearest)
  return x > (left + right) / 2 ? nearest + 1 : nearest
}

/** The index whose cell is nearest to a place of the content; null where there are none. */
export const indexNear = (layout: GridLayout, x: number, y: number): number | null =>
  layout.rows === 0 ? null : nearestIn(layout, Math.min(layout.rows - 1, Math.max(0, layout.rowAt(y))), x)

/** The last index of a list for which something holds that holds for all before it; -1 where it holds for none. */
export const lastIndexWhere = <T>(list: readonly T[], holds: (one: T) => boolean): number => {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const one = list[middle]
    if (one !== undefined && holds(one)) low = middle + 1
    else high = middle
  }
  return low - 1
}

export const lastWhere = <T>(list: readonly T[], holds: (one: T) => boolean): T | undefined =>
  list[lastIndexWhere(list, holds)]

/** The size at which a picture fits into a room, never larger than itself. */
export const fitInto = (room: { width: number; height: number }, width: number, height: number) => {
  if (width === 0 || height === 0) return room
  const scale = Math.min(1, room.width / width, room.height / height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

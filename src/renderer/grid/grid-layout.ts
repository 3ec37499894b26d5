/** Where the cells of a grid are: pure arithmetic over uniform cells, in CSS pixels. */
export interface GridLayout {
  columns: number
  rows: number
  cellWidth: number
  cellHeight: number
  /** The square that a picture fits into. */
  picture: number
  /** Space left of the first column. */
  left: number
  height: number
}

export const gap = 4
/** Room below a picture for its name. */
export const caption = 20
/** Room around a picture within its cell, for the frame of the selection. */
export const mat = 6
const margin = 12

/** A thumbnail's longest side: it is not blown up beyond that. */
const largestPicture = 320

/** Lays out `total` photos in a grid of a width, with pictures of about `size` × `size` that use all of the width. */
export const layOut = (total: number, size: number, width: number): GridLayout => {
  const room = Math.max(0, width - 2 * margin)
  const columns = Math.max(1, Math.round((room + gap) / (size + 2 * mat + gap)))
  const cellWidth = Math.max(2 * mat + 1, Math.floor((room + gap) / columns) - gap)
  const picture = Math.min(largestPicture, cellWidth - 2 * mat)
  const cellHeight = picture + 2 * mat + caption
  const rows = Math.ceil(total / columns)
  const height = rows === 0 ? 0 : rows * (cellHeight + gap) - gap + 2 * margin
  return { columns, rows, cellWidth, cellHeight, picture, left: margin, height }
}

/** From one row to the next. */
export const pitchOf = ({ cellHeight }: GridLayout) => cellHeight + gap
export const rowTop = (layout: GridLayout, row: number) => margin + row * pitchOf(layout)
export const columnLeft = ({ cellWidth, left }: GridLayout, column: number) =>
  left + column * (cellWidth + gap)

/** The rows that a part of the grid shows, and some beyond its edges. */
export const visibleRows = (layout: GridLayout, top: number, height: number, beyond = 2) => {
  const pitch = pitchOf(layout)
  const first = Math.max(0, Math.floor((top - margin) / pitch) - beyond)
  const last = Math.min(layout.rows - 1, Math.ceil((top + height - margin) / pitch) + beyond)
  return { first, last }
}

export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

/** The indexes whose cells a rectangle touches. */
export const indexesIn = (layout: GridLayout, box: Box, total: number): number[] => {
  const [across, down] = [layout.cellWidth + gap, pitchOf(layout)]
  const firstColumn = Math.max(0, Math.ceil((box.left - layout.left - layout.cellWidth) / across))
  const lastColumn = Math.min(layout.columns - 1, Math.floor((box.right - layout.left) / across))
  const firstRow = Math.max(0, Math.ceil((box.top - margin - layout.cellHeight) / down))
  const lastRow = Math.min(layout.rows - 1, Math.floor((box.bottom - margin) / down))
  const indexes: number[] = []
  for (let row = firstRow; row <= lastRow; row++)
    for (let column = firstColumn; column <= lastColumn; column++) {
      const index = row * layout.columns + column
      if (index < total) indexes.push(index)
    }
  return indexes
}

/** The size at which a picture fits into a square, never larger than itself. */
export const fitInto = (size: number, width: number, height: number) => {
  if (width === 0 || height === 0) return { width: size, height: size }
  const scale = Math.min(1, size / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

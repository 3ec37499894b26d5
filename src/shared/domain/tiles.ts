import { previewSizes } from './preview-sizes.ts'

/** Side of a tile, in pixels; those at the right and lower edge have less. */
export const tileSize = 1024

/** A photo of more pixels is shown by tiles: a browser would need four bytes for each of them. */
const maxWholePixels = 50_000_000

/** A piece of a photo, at a part of its size. */
export interface Tile {
  /** The photo is as many times as large: a power of two. */
  divisor: number
  column: number
  row: number
}

interface Size {
  width: number
  height: number
}

export interface Rect extends Size {
  left: number
  top: number
}

/** Whether a photo is too large for a browser to decode whole. */
export const isTiled = ({ width, height }: Size): boolean => width * height > maxWholePixels

const largestPreview = Math.max(...previewSizes)

/** What the tiles of a photo divide its size by, the sharpest first: what a preview shows too needs none. */
export const divisorsOf = ({ width, height }: Size): number[] => {
  const divisors: number[] = []
  for (let divisor = 1; Math.max(width, height) / divisor > largestPreview; divisor *= 2)
    divisors.push(divisor)
  return divisors
}

/** The coarsest tiles that are sharp at a scale. @param scale Pixels of the screen for one of the photo. */
export const divisorFor = (photo: Size, scale: number): number =>
  divisorsOf(photo).findLast((divisor) => divisor * scale <= 1.1) ?? 1

/** Where a tile lies in its photo, in pixels of the photo. */
export const placeOf = ({ divisor, column, row }: Tile, { width, height }: Size): Rect => {
  const side = tileSize * divisor
  const [left, top] = [column * side, row * side]
  return { left, top, width: Math.min(side, width - left), height: Math.min(side, height - top) }
}

/** The tiles of a size that a part of a photo needs, both in pixels of the photo. */
export const tilesIn = (photo: Size, divisor: number, part: Rect): Tile[] => {
  const side = tileSize * divisor
  const span = (from: number, length: number, whole: number) => {
    const first = Math.max(0, Math.floor(from / side))
    const last = Math.min(Math.ceil(whole / side), Math.ceil((from + length) / side))
    return Array.from({ length: Math.max(0, last - first) }, (_, n) => first + n)
  }
  const columns = span(part.left, part.width, photo.width)
  return span(part.top, part.height, photo.height).flatMap((row) =>
    columns.map((column) => ({ divisor, column, row })),
  )
}

/** A place on the page or in an element, in CSS pixels. */
export interface Point {
  x: number
  y: number
}

/** Where a pointer is in the element that listens to it, in CSS pixels from its upper left corner. */
export const pointIn = ({ currentTarget, clientX, clientY }: MouseEvent) => {
  const { left, top } = (currentTarget as Element).getBoundingClientRect()
  return { x: clientX - left, y: clientY - top }
}

/** What lies in the middle of some fingers. */
export const middleOf = (points: readonly Point[]): Point => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
})

/** How far the first two fingers are apart; 0 for one. */
export const spreadOf = ([a, b]: readonly Point[]): number => (a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0)

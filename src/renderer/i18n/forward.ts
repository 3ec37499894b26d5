import { direction } from './index.ts'

/** Which way rows of photos and lines of text go on, as a factor: 1 to the right, -1 to the left where the language is read from there. */
export const forward: 1 | -1 = direction === 'rtl' ? -1 : 1

/**
 * Keys go where their arrows point (the grid pattern of ARIA): where a row goes on to the left, the left arrow leads to what comes next.
 * A key as it is pressed becomes what it means in a row that goes on to the right, and the other way round.
 *
 * @param keys - A key, or a binding that has one: `Alt+ArrowLeft`.
 */
export const inRow = (keys: string, way: 1 | -1 = forward): string =>
  way === 1
    ? keys
    : keys.replace(/Arrow(Left|Right)/, (_, side) => (side === 'Left' ? 'ArrowRight' : 'ArrowLeft'))

/** How far a pointer is from the side of an element at which rows begin, in CSS pixels. */
export const acrossFromStart = (element: Element, clientX: number, way: 1 | -1 = forward): number => {
  const { left, right } = element.getBoundingClientRect()
  return way === 1 ? clientX - left : right - clientX
}

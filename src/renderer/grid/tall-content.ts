/**
 * A content that is taller than a browser can scroll lies in an element of this height, in CSS pixels: Firefox cuts what is taller than
 * 17.9 million, Chromium and Safari what is taller than 33.5 million (their units of layout in 32 bits).
 */
export const tallestPx = 15_000_000
/** So near to its beginning and its end a tall content lies in the element as it is, in CSS pixels; the rest is closer together. */
const edgePx = 500_000

/** How much less than a content the element has: 0 where it fits. */
const lessOf = (height: number) => Math.max(0, height - tallestPx)

/** How tall the element is for a content. */
export const elementHeight = (height: number): number => height - lessOf(height)

/** What lies between the edges, of the content for each pixel of the element; `screen` is how much of either is seen. */
const scaleOf = (height: number, screen: number) => {
  const between = tallestPx - screen - 2 * edgePx
  return (between + lessOf(height)) / between
}

/** Where in the element a height of the content is at the upper edge of the screen: all of both is in the same order. */
export const inElement = (top: number, height: number, screen: number): number => {
  const less = lessOf(height)
  if (less === 0 || top <= edgePx) return top
  return Math.max(edgePx + (top - edgePx) / scaleOf(height, screen), top - less)
}

/** The height of the content that is best shown where the element was scrolled to: the other way round. */
export const inContent = (at: number, height: number, screen: number): number => {
  const less = lessOf(height)
  if (less === 0 || at <= edgePx) return at
  return Math.min(edgePx + (at - edgePx) * scaleOf(height, screen), at + less)
}

/** Whether the element nearly ends, or begins, where the content does not: scrolled on, it would stop too early. */
export const isWorn = (at: number, origin: number, height: number, screen: number): boolean => {
  const less = lessOf(height)
  return (
    (origin > 0 && at < edgePx / 2) ||
    (origin < less && at > tallestPx - screen - edgePx / 2) ||
    origin > less
  )
}

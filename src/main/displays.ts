import type { Rectangle } from 'electron'

/** How much of a window must be on a display for it to be found and moved, in pixels. */
const grip = { width: 160, height: 48 }

const overlap = (start: number, length: number, otherStart: number, otherLength: number) =>
  Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart)

/** Whether a window can be got hold of: enough of its upper edge, which moves it, lies on one of the displays. */
export const canBeReached = ({ x, y, width }: Rectangle, areas: readonly Rectangle[]): boolean =>
  areas.some(
    (area) =>
      overlap(x, width, area.x, area.width) >= grip.width &&
      overlap(y, grip.height, area.y, area.height) >= grip.height,
  )

/** The one of several displays that a window covers the least of; null where there is but one. */
export const otherDisplay = (window: Rectangle, areas: readonly Rectangle[]): Rectangle | null => {
  const covered = (area: Rectangle) =>
    Math.max(0, overlap(window.x, window.width, area.x, area.width)) *
    Math.max(0, overlap(window.y, window.height, area.y, area.height))
  const [least = null, ...others] = areas.toSorted((a, b) => covered(a) - covered(b))
  return others.length > 0 ? least : null
}

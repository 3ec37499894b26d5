import { acrossFromStart } from '../i18n/forward.ts'
import type { GridScroller } from './grid-scroller.svelte.ts'
import { refOf } from '../../shared/domain/refs.ts'
import { indexesIn, type Box } from './layout/grid-layout.ts'
import type { PhotoView } from './photo-view.svelte.ts'

/** A drag that is shorter than this is a click, in CSS pixels. */
const minDragPx = 4
/** So near to an edge the grid scrolls under the marquee. */
const scrollEdgePx = 32

interface Place {
  x: number
  y: number
}

interface Surroundings {
  scroller: HTMLElement
  gridScroller: Pick<GridScroller, 'layout' | 'origin'>
  view: PhotoView
  /** What stays selected besides. */
  others: string[]
  /** It was a click after all. */
  onclick: () => void
}

/** Where a pointer is in the content of the grid, across from where its rows begin. */
export const placeIn = (
  scroller: HTMLElement,
  { origin }: Pick<GridScroller, 'origin'>,
  at: { clientX: number; clientY: number },
): Place => {
  const { top } = scroller.getBoundingClientRect()
  return { x: acrossFromStart(scroller, at.clientX), y: at.clientY - top + scroller.scrollTop + origin }
}

/** How far a pointer is beyond the lines at which the grid begins to scroll, in CSS pixels; negative at the upper one. */
export const beyondEdges = (scroller: HTMLElement, y: number): number => {
  const { top, bottom } = scroller.getBoundingClientRect()
  return Math.min(0, y - top - scrollEdgePx) + Math.max(0, y - bottom + scrollEdgePx)
}

/** The marquee: drawn from beside the pictures, it selects what it touches. */
export class Marquee {
  #box = $state.raw<Box | null>(null)

  /** In the coordinates of the grid's content; null while there is no marquee. */
  get box() {
    return this.#box
  }

  /** Follows the pointer from its press until it is let go. */
  start(event: PointerEvent, surroundings: Surroundings) {
    const { scroller, gridScroller, view, others, onclick } = surroundings
    const from = placeIn(scroller, gridScroller, event)
    let last = { clientX: event.clientX, clientY: event.clientY }
    const draw = () => this.#draw(from, placeIn(scroller, gridScroller, last), surroundings)
    const scroll = setInterval(() => {
      const beyond = beyondEdges(scroller, last.clientY)
      if (!this.#box || beyond === 0) return
      scroller.scrollTop += beyond / 2
      draw()
    }, 16)
    const move = (moved: PointerEvent) => {
      last = { clientX: moved.clientX, clientY: moved.clientY }
      draw()
    }
    const end = () => {
      clearInterval(scroll)
      scroller.removeEventListener('pointermove', move)
      // Also what scrolled by before it was loaded.
      if (this.#box) void view.selection.pick(this.#touched(surroundings), others)
      else onclick()
      this.#box = null
    }
    scroller.setPointerCapture(event.pointerId)
    scroller.addEventListener('pointermove', move)
    scroller.addEventListener('lostpointercapture', end, { once: true })
  }

  #draw(from: Place, to: Place, surroundings: Surroundings) {
    if (!this.#box && Math.hypot(to.x - from.x, to.y - from.y) < minDragPx) return
    this.#box = {
      left: Math.min(from.x, to.x),
      right: Math.max(from.x, to.x),
      top: Math.min(from.y, to.y),
      bottom: Math.max(from.y, to.y),
    }
    const { view, others } = surroundings
    const loaded = this.#touched(surroundings).flatMap((index) => view.pages.at(index) ?? [])
    view.selection.set([...others, ...loaded.map(refOf)])
  }

  #touched({ gridScroller }: Surroundings): number[] {
    return this.#box ? indexesIn(gridScroller.layout, this.#box) : []
  }
}

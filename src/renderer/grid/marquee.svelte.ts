import { refOf } from '../../shared/domain/refs.ts'
import { indexesIn, type Box, type GridLayout } from './grid-layout.ts'
import type { PhotoView } from './photo-view.svelte.ts'

/** A drag that is shorter than this is a click, in CSS pixels. */
const minDragPx = 4
/** So near to an edge the grid scrolls under the marquee. */
const scrollEdgePx = 32

interface Surroundings {
  scroller: HTMLElement
  layout: () => GridLayout
  view: PhotoView
  /** What stays selected besides. */
  others: string[]
  /** It was a click after all. */
  onclick: () => void
}

/** The marquee: drawn from beside the pictures, it selects what it touches. */
export class Marquee {
  #box = $state.raw<Box | null>(null)

  /** In the coordinates of the grid's content; null while there is no marquee. */
  get box() {
    return this.#box
  }

  /** Follows the pointer from its press until it is let go. */
  start(event: PointerEvent, { scroller, layout, view, others, onclick }: Surroundings) {
    const index = (at: { clientX: number; clientY: number }) => {
      const { left, top } = scroller.getBoundingClientRect()
      return { x: at.clientX - left, y: at.clientY - top + scroller.scrollTop }
    }
    const from = index(event)
    let last = { clientX: event.clientX, clientY: event.clientY }
    const refAt = (at: number) => {
      const photo = view.pages.at(at)
      return photo ? [refOf(photo)] : []
    }
    const touched = () => (this.#box ? indexesIn(layout(), this.#box, view.pages.total ?? 0) : [])
    const draw = () => {
      const to = index(last)
      if (!this.#box && Math.hypot(to.x - from.x, to.y - from.y) < minDragPx) return
      this.#box = {
        left: Math.min(from.x, to.x),
        right: Math.max(from.x, to.x),
        top: Math.min(from.y, to.y),
        bottom: Math.max(from.y, to.y),
      }
      view.selection.set([...others, ...touched().flatMap((at) => refAt(at))])
    }
    const scroll = setInterval(() => {
      const { top, bottom } = scroller.getBoundingClientRect()
      const beyond =
        Math.min(0, last.clientY - top - scrollEdgePx) + Math.max(0, last.clientY - bottom + scrollEdgePx)
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
      if (this.#box)
        void view.selection.pick(touched(), others) // also what scrolled by before it was loaded
      else onclick()
      this.#box = null
    }
    scroller.setPointerCapture(event.pointerId)
    scroller.addEventListener('pointermove', move)
    scroller.addEventListener('lostpointercapture', end, { once: true })
  }
}

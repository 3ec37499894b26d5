import { placesIn, type Box, type GridLayout } from './grid.ts'
import type { PhotoPages } from './pages.svelte.ts'
import type { Selection } from './selection.svelte.ts'

/** A drag that is shorter than this is a click, in CSS pixels. */
const threshold = 4
/** So near to an edge the wall scrolls under the band. */
const edge = 32

interface Wall {
  scroller: HTMLElement
  layout: () => GridLayout
  pages: PhotoPages
  selection: Selection
}

/** The rubber band: drawn from empty wall, it selects what it touches. */
export class RubberBand {
  #box = $state<Box | null>(null)

  /** In the coordinates of the wall's content; null while there is no band. */
  get box() {
    return this.#box
  }

  /** Follows the pointer from its press on empty wall until it is let go. */
  start(event: PointerEvent, wall: Wall) {
    const { scroller, selection } = wall
    const kept = event.shiftKey || event.ctrlKey || event.metaKey ? selection.ids() : []
    const place = (at: { clientX: number; clientY: number }) => {
      const { left, top } = scroller.getBoundingClientRect()
      return { x: at.clientX - left, y: at.clientY - top + scroller.scrollTop }
    }
    const from = place(event)
    let last = { clientX: event.clientX, clientY: event.clientY }
    const draw = () => {
      const to = place(last)
      if (!this.#box && Math.hypot(to.x - from.x, to.y - from.y) < threshold) return
      this.#box = {
        left: Math.min(from.x, to.x),
        right: Math.max(from.x, to.x),
        top: Math.min(from.y, to.y),
        bottom: Math.max(from.y, to.y),
      }
      selection.set([...kept, ...this.#touched(wall, this.#box)])
    }
    const scroll = setInterval(() => {
      const { top, bottom } = scroller.getBoundingClientRect()
      const by = last.clientY < top + edge ? -24 : last.clientY > bottom - edge ? 24 : 0
      if (!this.#box || by === 0) return
      scroller.scrollTop += by
      draw()
    }, 30)
    const move = (moved: PointerEvent) => {
      last = { clientX: moved.clientX, clientY: moved.clientY }
      draw()
    }
    const end = () => {
      clearInterval(scroll)
      scroller.removeEventListener('pointermove', move)
      if (!this.#box && kept.length === 0) selection.clear()
      this.#box = null
    }
    scroller.setPointerCapture(event.pointerId)
    scroller.addEventListener('pointermove', move)
    scroller.addEventListener('lostpointercapture', end, { once: true })
  }

  #touched({ layout, pages }: Wall, box: Box): string[] {
    return placesIn(layout(), box, pages.total ?? 0).flatMap((place) => pages.at(place)?.id ?? [])
  }
}

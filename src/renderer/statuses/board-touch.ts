import { dragSelected, fingerHoldMs, fingerRestPx, type TouchDrag } from '../ui/drag/touch-drag.ts'
import type { PhotoDrag } from '../ui/drag/photo-drag.svelte.ts'
import type { Board, Place } from './board.svelte.ts'

/** So near to its edges the board moves under what is dragged, and so far in each frame, in CSS pixels. */
const [edgePx, stepPx] = [48, 9]

interface Finger {
  id: number
  place: Place
  board: HTMLElement
  at: { clientX: number; clientY: number }
  timer: ReturnType<typeof setTimeout>
  drag: TouchDrag | null
}

/** What a finger does on the board: a tap opens, one that rests drags the photo, or all that are selected with it. */
export class BoardTouch {
  readonly #board: Board
  readonly #photoDrag: PhotoDrag
  #finger: Finger | null = null

  constructor(board: Board, photoDrag: PhotoDrag) {
    this.#board = board
    this.#photoDrag = photoDrag
  }

  /** The browser scrolls by a finger unless that drags, and makes no click of a tap. For the board's element. */
  readonly attach = (element: HTMLElement) => {
    const onmove = (event: TouchEvent) => this.#finger?.drag && event.cancelable && event.preventDefault()
    const onend = (event: TouchEvent) => this.#finger && event.cancelable && event.preventDefault()
    element.addEventListener('touchmove', onmove, { passive: false })
    element.addEventListener('touchend', onend, { passive: false })
    return () => {
      element.removeEventListener('touchmove', onmove)
      element.removeEventListener('touchend', onend)
      this.end()
    }
  }

  press(event: PointerEvent, place: Place | null) {
    this.end()
    if (!place) return
    const { pointerId: id, clientX, clientY } = event
    const timer = setTimeout(() => this.#hold(), fingerHoldMs)
    const board = event.currentTarget as HTMLElement
    this.#finger = { id, place, board, at: { clientX, clientY }, timer, drag: null }
  }

  readonly move = (event: PointerEvent) => {
    const finger = this.#finger
    if (finger?.id !== event.pointerId) return
    const { clientX, clientY } = event
    if (finger.drag) {
      finger.at = { clientX, clientY }
      finger.drag.move(event)
    } else if (Math.hypot(clientX - finger.at.clientX, clientY - finger.at.clientY) > fingerRestPx) this.end()
  }

  readonly lift = (event: PointerEvent) => {
    const finger = this.#finger
    if (finger?.id !== event.pointerId) return
    finger.drag?.drop(event)
    if (!finger.drag) void this.#board.open(finger.place)
    finger.drag = null
    // The end of the touch is still to come, of which no click is to be made.
    setTimeout(this.end)
  }

  readonly end = () => {
    clearTimeout(this.#finger?.timer)
    this.#finger?.drag?.end()
    this.#finger = null
  }

  #hold() {
    const finger = this.#finger
    if (!finger || !this.#board.at(finger.place)) return
    if ('vibrate' in navigator) navigator.vibrate(10)
    if (!this.#board.isSelected(finger.place)) this.#board.select(finger.place)
    finger.board.setPointerCapture(finger.id)
    const { board, at } = finger
    finger.drag = dragSelected(this.#photoDrag, this.#board.selection.refs(), { element: board, at })
    this.#scroll(finger)
  }

  /** Other columns come under a finger that is near an edge. */
  #scroll(finger: Finger) {
    if (this.#finger !== finger || !finger.drag) return
    const { left, right } = finger.board.getBoundingClientRect()
    if (finger.at.clientX < left + edgePx) finger.board.scrollLeft -= stepPx
    else if (finger.at.clientX > right - edgePx) finger.board.scrollLeft += stepPx
    requestAnimationFrame(() => this.#scroll(finger))
  }
}

import { middleOf, pointIn, spreadOf, type Point } from '../ui/points.ts'
import { moved, zoomed, type MapFrame } from './map-frame.ts'

interface Needs {
  frame: () => MapFrame
  show: (frame: MapFrame) => void
  /** All of it is shown. */
  fit: () => void
  leave: () => void
}

/** A pointer that moved less than this has not moved, in CSS pixels: it presses what is below it. */
const restPx = 4
/** A step of the wheel in lines is so many pixels long, and one in pixels changes the zoom by so much. */
const linePx = 16
const zoomOfPx = 1 / 200
/** Fingers on a trackpad that pinch are told as a wheel with Ctrl, in small steps. */
const pinchTimes = 5
/** An arrow key moves the map by this part of the stage. */
const keyPart = 0.2

/** What pointers, the wheel and keys do to a map. Each method listens to one event of its stage. */
export class MapGestures {
  readonly #needs: Needs
  readonly #pointers = new Map<number, Point>()
  #from: Point | null = null

  constructor(needs: Needs) {
    this.#needs = needs
  }

  press = (event: PointerEvent) => {
    if (event.pointerType === 'mouse' && event.button !== 0) return
    this.#pointers.set(event.pointerId, pointIn(event))
    // A second finger is no press of what lies below it.
    this.#from = this.#pointers.size === 1 ? pointIn(event) : null
  }

  move = (event: PointerEvent) => {
    if (!this.#pointers.has(event.pointerId)) return
    const at = pointIn(event)
    if (this.#from && Math.hypot(at.x - this.#from.x, at.y - this.#from.y) < restPx) return
    this.#from = null
    // Whoever moves the map does not press the photo on which the hand came down.
    ;(event.currentTarget as Element).setPointerCapture(event.pointerId)
    const before = [...this.#pointers.values()]
    this.#pointers.set(event.pointerId, at)
    const now = [...this.#pointers.values()]
    const [from, to] = [middleOf(before), middleOf(now)]
    let frame = moved(this.#needs.frame(), to.x - from.x, to.y - from.y)
    if (now.length > 1)
      frame = zoomed(frame, Math.log2(Math.max(1, spreadOf(now)) / Math.max(1, spreadOf(before))), to)
    this.#needs.show(frame)
  }

  lift = (event: PointerEvent) => {
    this.#pointers.delete(event.pointerId)
  }

  doubleClick = (event: MouseEvent) => {
    if ((event.target as Element).closest('button')) return
    this.#needs.show(zoomed(this.#needs.frame(), event.shiftKey ? -1 : 1, pointIn(event)))
  }

  /** To be attached: what the wheel does of its own has to be prevented, which browsers allow only those that say so before. */
  wheel = (stage: HTMLElement) => {
    const turn = (event: WheelEvent) => {
      event.preventDefault()
      const px = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? linePx : 1)
      const by = -px * zoomOfPx * (event.ctrlKey ? pinchTimes : 1)
      this.#needs.show(zoomed(this.#needs.frame(), Math.min(2, Math.max(-2, by)), pointIn(event)))
    }
    stage.addEventListener('wheel', turn, { passive: false })
    return () => stage.removeEventListener('wheel', turn)
  }

  /** To be attached to the stage and what lies over it. */
  keys = (around: HTMLElement) => {
    around.addEventListener('keydown', this.#key)
    return () => around.removeEventListener('keydown', this.#key)
  }

  readonly #key = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    // Whoever types a name means its letters.
    if (event.target instanceof HTMLInputElement) return
    const frame = this.#needs.frame()
    const [across, down] = [frame.width * keyPart, frame.height * keyPart]
    const steps: Record<string, () => void> = {
      ArrowLeft: () => this.#needs.show(moved(frame, across, 0)),
      ArrowRight: () => this.#needs.show(moved(frame, -across, 0)),
      ArrowUp: () => this.#needs.show(moved(frame, 0, down)),
      ArrowDown: () => this.#needs.show(moved(frame, 0, -down)),
      '+': () => this.#needs.show(zoomed(frame, 1)),
      '=': () => this.#needs.show(zoomed(frame, 1)),
      '-': () => this.#needs.show(zoomed(frame, -1)),
      '0': this.#needs.fit,
      Home: this.#needs.fit,
      Escape: this.#needs.leave,
    }
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    event.stopPropagation()
    step()
  }
}

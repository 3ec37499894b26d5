import { forward } from '../i18n/forward.ts'
import { middleOf, pointIn, spreadOf, type Point } from '../ui/points.ts'
import type { Loupe } from './loupe.svelte.ts'
import type { Zoom } from './zoom.svelte.ts'

interface Needs {
  zoom: Pick<Zoom, 'fits' | 'fitScale' | 'fullScale' | 'width' | 'by' | 'to' | 'pan' | 'reset'>
  loupe: Pick<Loupe, 'hold' | 'lift'>
  /** Whether there is a photo so many further on. */
  has: (by: 1 | -1) => boolean
  step: (by: 1 | -1) => void
  close: () => void
  tell: () => void
  tap: () => void
}

/** A finger that moved less than this has not moved, in CSS pixels. */
const restPx = 8
/** A finger that rests for so long, in milliseconds, looks through the loupe: less than the long press of a browser. */
const holdMs = 350
/** Two taps that are as near as this in time and place are one double tap. */
const doubleTapMs = 300
const doubleTapPx = 40
/** A part of the stage's width after which a photo leafs when it is let go, and a way down after which it closes. */
const leafPart = 0.25
const closePx = 110
/** Faster than this it leafs or closes however short the way, in CSS pixels a millisecond. */
const flickSpeed = 0.45
/** Between a photo and its neighbours. */
export const neighbourGapPx = 16
const settleMs = 160
/** A double tap makes a photo so many times as large as it fits, or shows it pixel by pixel where that is less. */
const doubleTapScale = 3

/** What fingers do to an open photo: leaf, close, zoom and pan. Each method listens to one event of the element around it. */
export class TouchGestures {
  readonly #needs: Needs
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- where fingers are is not shown
  readonly #fingers = new Map<number, Point>()
  #x = $state(0)
  #y = $state(0)
  #settling = $state(false)
  /** What the fingers do; null while none has moved. */
  #kind: 'leaf' | 'close' | 'zoom' | 'loupe' | null = null
  #holding: ReturnType<typeof setTimeout> | undefined
  #from: Point = { x: 0, y: 0 }
  /** Where the one finger was, and when, a moment ago: how fast it goes. */
  #trail: (Point & { at: number })[] = []
  /** The last press was by touch: so is the double click that may follow. */
  #touches = false
  #lastTap: (Point & { at: number; timer: ReturnType<typeof setTimeout> }) | null = null

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /** How far the photo is from its place, in CSS pixels. */
  get x() {
    return this.#x
  }
  get y() {
    return this.#y
  }
  /** It goes to where it belongs by itself. */
  get settling() {
    return this.#settling
  }
  /** A neighbour may be in sight. */
  get leafing() {
    return this.#x !== 0
  }

  /** A finger looks through the loupe. */
  get holds() {
    return this.#kind === 'loupe'
  }

  press = (event: PointerEvent) => {
    this.#touches = event.pointerType === 'touch'
    if (!this.#touches || this.#settling || isOnControls(event)) return
    ;(event.currentTarget as Element).setPointerCapture(event.pointerId)
    this.#fingers.set(event.pointerId, pointIn(event))
    this.#from = middleOf([...this.#fingers.values()])
    this.#trail = []
    this.#release()
    if (this.#fingers.size > 1) {
      this.#kind = 'zoom'
      ;[this.#x, this.#y] = [0, 0]
      return
    }
    this.#kind = this.#needs.zoom.fits ? null : 'zoom'
    if (this.#kind === null) this.#holding = setTimeout(() => this.#hold(), holdMs)
  }

  move = (event: PointerEvent) => {
    if (!this.#fingers.has(event.pointerId)) return
    const before = [...this.#fingers.values()]
    this.#fingers.set(event.pointerId, pointIn(event))
    const now = [...this.#fingers.values()]
    const middle = middleOf(now)
    if (this.#kind === 'zoom') this.#zoom(before, now)
    else if (this.#kind === 'loupe') this.#needs.loupe.hold(middle)
    else this.#pull(middle, event.timeStamp)
  }

  #pull(middle: Point, at: number) {
    this.#trail = [...this.#trail.slice(-4), { ...middle, at }]
    const [dx, dy] = [middle.x - this.#from.x, middle.y - this.#from.y]
    if (this.#kind === null && Math.hypot(dx, dy) > restPx) {
      this.#release()
      this.#kind = Math.abs(dx) > Math.abs(dy) ? 'leaf' : 'close'
    }
    // Where nothing follows, the photo goes along with a part of the way only.
    if (this.#kind === 'leaf') this.#x = this.#needs.has(leadsTo(dx)) ? dx : dx / 3
    if (this.#kind === 'close') this.#y = dy > 0 ? dy : dy / 3
  }

  lift = (event: PointerEvent) => {
    if (!this.#fingers.has(event.pointerId)) return
    this.move(event) // a quick finger may be gone before the browser tells that it moved
    const place = pointIn(event)
    this.#fingers.delete(event.pointerId)
    this.#release()
    const moved = Math.hypot(place.x - this.#from.x, place.y - this.#from.y) > restPx
    // The finger that is left goes on from where it is.
    if (this.#fingers.size > 0) this.#from = middleOf([...this.#fingers.values()])
    else if (this.#kind === 'leaf') void this.#leaf()
    else if (this.#kind === 'close') this.#close()
    else if (!moved && this.#kind !== 'loupe') this.#tap(place, event.timeStamp)
  }

  cancel = (event: PointerEvent) => {
    this.#fingers.delete(event.pointerId)
    this.#release()
    void this.#settle(0)
  }

  #hold() {
    const [finger] = this.#fingers.values()
    if (finger && this.#needs.loupe.hold(finger)) this.#kind = 'loupe'
  }

  /** The finger rests no more. */
  #release() {
    clearTimeout(this.#holding)
    this.#needs.loupe.lift()
  }

  /** A double tap is told from two taps here: the click of a mouse is another matter. */
  doubleClick = (event: MouseEvent) => {
    if (this.#touches) event.stopPropagation()
  }

  #zoom(before: Point[], now: Point[]) {
    const { zoom } = this.#needs
    const [from, to] = [middleOf(before), middleOf(now)]
    if (now.length > 1) zoom.by(spreadOf(now) / Math.max(1, spreadOf(before)), to)
    zoom.pan(to.x - from.x, to.y - from.y)
  }

  /** CSS pixels a millisecond, lately. */
  #speed(axis: 'x' | 'y') {
    const [first, last] = [this.#trail[0], this.#trail.at(-1)]
    return first && last && last.at > first.at ? (last[axis] - first[axis]) / (last.at - first.at) : 0
  }

  async #leaf() {
    const { zoom, has, step } = this.#needs
    const by = leadsTo(this.#x)
    const speed = this.#speed('x')
    const far = Math.abs(this.#x) > zoom.width * leafPart
    const flicked = Math.abs(speed) > flickSpeed && Math.sign(speed) === Math.sign(this.#x)
    if (!has(by) || !(far || flicked)) return this.#settle(0)
    await this.#settle(-forward * by * (zoom.width + neighbourGapPx))
    step(by)
    this.#x = 0
  }

  #close() {
    const down = this.#y > closePx || (this.#y > 0 && this.#speed('y') > flickSpeed)
    const up = this.#y < -closePx / 3
    if (down) {
      this.#needs.close()
      return
    }
    if (up) this.#needs.tell()
    void this.#settle(0)
  }

  async #settle(x: number) {
    this.#settling = true
    ;[this.#x, this.#y] = [x, 0]
    await new Promise((resolve) => setTimeout(resolve, settleMs))
    this.#settling = false
  }

  #tap(place: Point, at: number) {
    const last = this.#lastTap
    this.#lastTap = null
    if (last) clearTimeout(last.timer)
    const isDouble =
      last && at - last.at < doubleTapMs && Math.hypot(place.x - last.x, place.y - last.y) < doubleTapPx
    if (isDouble) {
      this.#magnify(place)
      return
    }
    const timer = setTimeout(() => {
      this.#lastTap = null
      this.#needs.tap()
    }, doubleTapMs)
    this.#lastTap = { ...place, at, timer }
  }

  #magnify(place: Point) {
    const { zoom } = this.#needs
    if (zoom.fits) zoom.to(Math.min(zoom.fullScale, zoom.fitScale * doubleTapScale), place)
    else zoom.reset()
  }
}

/** Whether a pull to a side brings the next photo or the one before: rows go on where the language does. */
const leadsTo = (x: number): 1 | -1 => (x * forward < 0 ? 1 : -1)

/** So high are the browser's own controls of a film, in CSS pixels. */
const controlsPx = 80

const isOnControls = ({ target, clientY }: PointerEvent) =>
  target instanceof HTMLVideoElement && clientY > target.getBoundingClientRect().bottom - controlsPx

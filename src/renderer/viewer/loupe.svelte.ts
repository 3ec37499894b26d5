import type { Point } from '../ui/points.ts'
import { stagePart } from './stage-part.ts'
import type { Zoom } from './zoom.svelte.ts'

/** How wide and high the glass is, at most, and of which part of the stage, in CSS pixels. */
const maxGlassPx = 320
const stageShare = 0.6
/** How far from a finger the glass stands, which would hide it, in CSS pixels. */
const fingerPx = 56

const within = (value: number, most: number) => Math.min(Math.max(0, most), Math.max(0, value))

/**
 * A glass over a photo that lies on the stage smaller than it is: what is below the pointer, one pixel of it on one of the screen. It is
 * switched on and off, or seen as long as a finger rests on the photo. From photo to photo it stays where it is.
 */
export class Loupe {
  readonly #zoomOf: () => Zoom | undefined
  #on = $state(false)
  #held = $state(false)
  /** What of the photo is in its middle, in parts of the photo's width and height. */
  #at = $state.raw<Point>({ x: 0.5, y: 0.5 })

  /** `zoom` tells how the photo lies, if there is one. */
  constructor(zoom: () => Zoom | undefined) {
    this.#zoomOf = zoom
  }

  /** It is switched on, though there may be nothing to magnify just now. */
  get on() {
    return this.#on
  }

  /** The photo has more pixels than are shown of it. */
  get isOfUse() {
    const zoom = this.#zoom
    return zoom !== null && zoom.scale < zoom.fullScale
  }

  get shown() {
    return (this.#on || this.#held) && this.isOfUse
  }

  toggle = () => {
    this.#on = !this.#on
  }

  end() {
    this.#on = false
  }

  /** The pointer is at a point of the stage. */
  point({ x, y }: Point) {
    const box = this.#zoom?.box
    if (box) this.#moveTo({ x: (x - box.left) / box.width, y: (y - box.top) / box.height })
  }

  /** A finger rests on a point of the stage. @returns Whether there is something to see. */
  hold(point: Point): boolean {
    this.point(point)
    this.#held = this.isOfUse
    return this.#held
  }

  /** The finger is lifted. */
  lift() {
    this.#held = false
  }

  /** Moves the photo below the glass, in CSS pixels. */
  pan(dx: number, dy: number) {
    const { x, y } = this.#at
    const { width, height } = this.box
    if (width > 0) this.#moveTo({ x: x - dx / width, y: y - dy / height })
  }

  /** Where the glass stands on the stage, in CSS pixels. A finger does not cover it. */
  get place() {
    const { size } = this
    const { box = { left: 0, top: 0, width: 0, height: 0 }, width = 0, height = 0 } = this.#zoom ?? {}
    const [x, y] = [box.left + this.#at.x * box.width, box.top + this.#at.y * box.height]
    const above = y - fingerPx - size
    const top = this.#held ? (above >= 0 ? above : y + fingerPx) : y - size / 2
    return { left: within(x - size / 2, width - size), top: within(top, height - size) }
  }

  /** Width and height of the glass, in CSS pixels. */
  get size() {
    const { width = 0, height = 0 } = this.#zoom ?? {}
    return Math.floor(Math.min(maxGlassPx, stageShare * width, stageShare * height))
  }

  /** Where the photo lies behind the glass, in CSS pixels. Its pixels are those of the screen. */
  get box() {
    const zoom = this.#zoom
    if (!zoom) return { left: 0, top: 0, width: 0, height: 0 }
    const [width, height] = [zoom.box.width, zoom.box.height].map((length) => length / zoom.scale) as [
      number,
      number,
    ]
    const start = (at: number, length: number) => Math.round(this.size / 2 / this.scale - at * length)
    return {
      left: start(this.#at.x, width) * this.scale,
      top: start(this.#at.y, height) * this.scale,
      width: width * this.scale,
      height: height * this.scale,
    }
  }

  /** CSS pixels for one pixel of the photo. */
  get scale() {
    return 1 / window.devicePixelRatio
  }

  get fullScale() {
    return this.scale
  }

  /** What of the photo is behind the glass, in pixels of the photo. */
  get part() {
    return stagePart(this.box, { width: this.size, height: this.size }, this.scale)
  }

  #moveTo({ x, y }: Point) {
    this.#at = { x: within(x, 1), y: within(y, 1) }
  }

  /** Null where no photo lies on a stage. */
  get #zoom() {
    const zoom = this.#zoomOf()
    return zoom && zoom.box.width > 0 ? zoom : null
  }
}

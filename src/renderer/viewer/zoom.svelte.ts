import { fittedScale } from './fitted-scale.ts'
import { Place } from './place.svelte.ts'
import { stagePart } from './stage-part.ts'

/** How a photo lies on the stage of the viewer: in fit, or at a scale with its middle somewhere. CSS pixels. */
export class Zoom {
  readonly #size: () => { width: number; height: number } | undefined
  /** Of the stage. */
  width = $state(0)
  height = $state(0)
  readonly #placeOf: () => Place

  /**
   * `size` tells the pixels of the photo that is shown, if there is one. Where another one comes it lies as the one before did:
   * at the same scale, and with the same part of it in the middle. `place`: another one may lie there as well.
   */
  constructor(
    size: () => { width: number; height: number } | undefined,
    place: (() => Place) | Place = new Place(),
  ) {
    this.#size = size
    this.#placeOf = typeof place === 'function' ? place : () => place
  }

  get fits() {
    return this.#place.scale === null
  }

  get fitScale() {
    return this.#fitScaleOf(this.#photo)
  }

  /** Pixels of the screen along the longest side of a photo, as it would lie in fit. */
  pixelsInFit(photo: { width: number; height: number }) {
    return (Math.max(photo.width, photo.height) * this.#fitScaleOf(photo)) / this.fullScale
  }

  /** The same of the photo that is shown, as it lies now. */
  get pixels() {
    return (Math.max(this.#photo.width, this.#photo.height) * this.scale) / this.fullScale
  }

  /** One pixel of the photo on one of the screen. */
  get fullScale() {
    return 1 / window.devicePixelRatio
  }

  get scale() {
    return Math.max(this.#place.scale ?? 0, this.fitScale)
  }

  /** Left, top, width and height of the photo on the stage. */
  get box() {
    const { width, height } = this.#shown
    const { x, y } = this.#offset
    return {
      left: (this.width - width) / 2 + x,
      top: (this.height - height) / 2 + y,
      width,
      height,
    }
  }

  /** What of the photo is on the stage, in pixels of the photo. */
  get part() {
    return stagePart(this.box, this, this.scale)
  }

  reset() {
    this.#place.take({ scale: null, x: 0, y: 0 })
  }

  /** Fit, or 100 % around a point of the stage (its middle where none is given). */
  toggle(point = this.#middle()) {
    if (this.fits) this.to(this.fullScale, point)
    else this.reset()
  }

  by(factor: number, point = this.#middle()) {
    this.to(this.scale * factor, point)
  }

  /** Zooms so that what lies at the point stays there. Smaller than fit is fit. */
  to(wanted: number, point: { x: number; y: number }) {
    const scale = Math.min(wanted, 8 * this.fullScale)
    if (scale <= this.fitScale) {
      this.reset()
      return
    }
    const middle = this.#middle()
    const ratio = scale / this.scale
    const { x, y } = this.#offset
    this.#place.scale = scale
    this.#moveTo({
      x: point.x - middle.x - (point.x - middle.x - x) * ratio,
      y: point.y - middle.y - (point.y - middle.y - y) * ratio,
    })
  }

  /** Moves the photo, but not away from the stage. */
  pan(dx: number, dy: number) {
    if (this.fits) return
    const { x, y } = this.#offset
    this.#moveTo({ x: x + dx, y: y + dy })
  }

  #moveTo(offset: { x: number; y: number }) {
    const { width, height } = this.#shown
    if (width === 0 || height === 0) return // the photo is on its way
    const { x, y } = this.#within(offset)
    this.#place.x = x / width
    this.#place.y = y / height
  }

  /** Of the photo's middle from the stage's middle, in CSS pixels. */
  get #offset() {
    const { width, height } = this.#shown
    return this.#within({ x: this.#place.x * width, y: this.#place.y * height })
  }

  /** Not so far that more than needed of the stage is left empty. */
  #within({ x, y }: { x: number; y: number }) {
    const { width, height } = this.#shown
    const limit = (value: number, inner: number, outer: number) => {
      const most = Math.max(0, (inner - outer) / 2)
      return Math.min(most, Math.max(-most, value))
    }
    return { x: limit(x, width, this.width), y: limit(y, height, this.height) }
  }

  #fitScaleOf(photo: { width: number; height: number }) {
    return fittedScale(photo, this) ?? 1
  }

  get #place() {
    return this.#placeOf()
  }

  /** The size of the photo as it lies now, in CSS pixels. */
  get #shown() {
    const { width, height } = this.#photo
    return { width: width * this.scale, height: height * this.scale }
  }

  get #photo() {
    return this.#size() ?? { width: 0, height: 0 }
  }

  #middle() {
    return { x: this.width / 2, y: this.height / 2 }
  }
}

/** How a photo lies on the stage of the viewer: in fit, or at a scale with its middle somewhere. CSS pixels. */
export class Zoom {
  readonly #size: () => { width: number; height: number } | undefined
  /** Of the stage. */
  width = $state(0)
  height = $state(0)
  /** CSS pixels for one pixel of the photo; null: as large as fits. */
  #scale = $state<number | null>(null)
  /** Of the photo's middle from the stage's middle. */
  #x = $state(0)
  #y = $state(0)

  /** `size` tells the pixels of the photo that is shown, if there is one. */
  constructor(size: () => { width: number; height: number } | undefined) {
    this.#size = size
  }

  get fits() {
    return this.#scale === null
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
    return this.#scale ?? this.fitScale
  }

  /** Left, top, width and height of the photo on the stage. */
  get box() {
    const photo = this.#photo
    const [width, height] = [photo.width * this.scale, photo.height * this.scale]
    return {
      left: (this.width - width) / 2 + this.#x,
      top: (this.height - height) / 2 + this.#y,
      width,
      height,
    }
  }

  /** What of the photo is on the stage, in pixels of the photo. */
  get part() {
    const { left, top, width, height } = this.box
    const [from, to] = [Math.max(0, -left), Math.min(width, this.width - left)]
    const [above, below] = [Math.max(0, -top), Math.min(height, this.height - top)]
    return {
      left: from / this.scale,
      top: above / this.scale,
      width: Math.max(0, to - from) / this.scale,
      height: Math.max(0, below - above) / this.scale,
    }
  }

  reset() {
    this.#scale = null
    this.#x = 0
    this.#y = 0
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
    this.#x = point.x - middle.x - (point.x - middle.x - this.#x) * ratio
    this.#y = point.y - middle.y - (point.y - middle.y - this.#y) * ratio
    this.#scale = scale
    this.pan(0, 0)
  }

  /** Moves the photo, but not away from the stage. */
  pan(dx: number, dy: number) {
    if (this.fits) return
    const photo = this.#photo
    const limit = (value: number, inner: number, outer: number) => {
      const most = Math.max(0, (inner - outer) / 2)
      return Math.min(most, Math.max(-most, value))
    }
    this.#x = limit(this.#x + dx, photo.width * this.scale, this.width)
    this.#y = limit(this.#y + dy, photo.height * this.scale, this.height)
  }

  /** Never larger than one to one: a small picture is not blown up. */
  #fitScaleOf({ width, height }: { width: number; height: number }) {
    if (width === 0 || height === 0) return 1
    return Math.min(this.width / width, this.height / height, this.fullScale)
  }

  get #photo() {
    return this.#size() ?? { width: 0, height: 0 }
  }

  #middle() {
    return { x: this.width / 2, y: this.height / 2 }
  }
}

import { cropOf, frameOf, shownSize } from '../../shared/domain/adjusted-view.ts'
import { noAdjustment, turned, type Adjustment, type Crop } from '../../shared/domain/adjustments.ts'
import {
  movedCrop,
  pulledCrop,
  shapedCrop,
  type CropRoom,
  type Handle,
} from '../../shared/domain/crop-box.ts'

interface Size {
  width: number
  height: number
}

/** Shapes that a crop can be held to: none, that of the picture, or the longer side to the shorter. */
export const shapes = ['free', 'original', '1:1', '5:4', '4:3', '3:2', '16:9'] as const
export type Shape = (typeof shapes)[number]

/** What becomes of a photo while it is being adjusted, until that is kept or given up. */
export class AdjustDraft {
  readonly #whole: Size
  #now = $state.raw<Adjustment>(noAdjustment)
  #shape = $state<Shape>('free')
  /** The crop is higher than it is wide, where its shape is held. */
  #isTall = $state(false)

  /** `whole`: the pixels of the picture as the file has it. */
  constructor(whole: Size, adjustment: Adjustment) {
    this.#whole = whole
    this.#now = adjustment
  }

  get adjustment(): Adjustment {
    return this.#now
  }
  /** Pixels of the picture as it is turned, before it is cropped. */
  get frame(): Size {
    return frameOf(this.#whole, this.#now)
  }
  /** What is seen of the frame, in parts of it. */
  get crop(): Crop {
    return cropOf(this.#whole, this.#now)
  }
  /** Pixels of what is seen. */
  get size(): Size {
    return shownSize(this.#whole, this.#now)
  }
  get shape(): Shape {
    return this.#shape
  }

  change(part: Partial<Pick<Adjustment, 'angle' | 'exposure' | 'blackAndWhite'>>) {
    this.#now = { ...this.#now, ...part }
  }

  turn(quarters: 1 | 3) {
    this.#now = turned(this.#now, quarters)
    this.#isTall = !this.#isTall
  }

  /** Holds the crop to a shape, as it lies: wide or tall. */
  hold(shape: Shape) {
    const { width, height } = this.size
    this.#isTall = height > width
    this.#shape = shape
    this.#fit()
  }

  /** The shape that is held, lying the other way. */
  swap() {
    this.#isTall = !this.#isTall
    this.#fit()
  }

  /** A handle was pulled by so much, in parts of the frame, since the crop was `from`. */
  pull(from: Crop, handle: Handle, by: { x: number; y: number }) {
    this.#now = { ...this.#now, crop: pulledCrop(from, handle, by, this.#room) }
  }

  move(from: Crop, by: { x: number; y: number }) {
    this.#now = { ...this.#now, crop: movedCrop(from, by, this.#room) }
  }

  reset() {
    this.#now = noAdjustment
    this.#shape = 'free'
  }

  get #room(): CropRoom {
    return { frame: this.frame, angle: this.#now.angle, ratio: this.#ratio }
  }

  /** Width to height that is held; null for any. */
  get #ratio(): number | null {
    if (this.#shape === 'free') return null
    const { width, height } = this.frame
    const [long = 1, short = 1] =
      this.#shape === 'original'
        ? [Math.max(width, height), Math.min(width, height)]
        : this.#shape.split(':').map(Number)
    return this.#isTall ? short / long : long / short
  }

  #fit() {
    if (this.#shape !== 'free') this.#now = { ...this.#now, crop: shapedCrop(this.crop, this.#room) }
  }
}

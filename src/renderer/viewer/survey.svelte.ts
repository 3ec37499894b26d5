import { refOf } from '../../shared/domain/refs.ts'
import type { PhotoDetails } from '../../shared/schemas/photo.ts'
import { untouchedOf } from '../adjust/whole.ts'
import { Place } from './place.svelte.ts'
import { Untouched } from './untouched.svelte.ts'
import { Zoom } from './zoom.svelte.ts'

/** The photos that are compared, of which the weakest go one by one: which has the focus, and how each lies on its stage. */
export class Survey {
  /** All that are compared, as `album/photo`, also those that are on their way. */
  #refs = $state.raw<string[]>([])
  #photos = $state.raw<PhotoDetails[]>([])
  #at = $state(0)
  #linked = $state(true)
  /** Whether all are shown as their files have them. */
  readonly untouched = new Untouched()
  readonly #shared = new Place()
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- made once for each photo, and asked for by it
  readonly #lies = new Map<string, { own: Place; zoom: Zoom }>()

  constructor(refs: string[]) {
    this.#refs = refs
  }

  get refs() {
    return this.#refs
  }

  /** Those that have come, as they are shown. */
  get photos() {
    return this.#shown
  }
  set photos(photos: PhotoDetails[]) {
    this.#photos = photos.filter((photo) => this.#refs.includes(refOf(photo)))
  }

  readonly #shown = $derived.by(() => (this.untouched.on ? this.#photos.map(untouchedOf) : this.#photos))

  /** One of them is shown other than its file has it, or would be but for `untouched`. */
  get isAdjusted(): boolean {
    return this.#photos.some(({ adjusted }) => adjusted)
  }

  /** Index of the photo with the focus. */
  get at() {
    return Math.min(this.#at, Math.max(0, this.#photos.length - 1))
  }
  set at(index: number) {
    this.#at = index
  }

  get current(): PhotoDetails | undefined {
    return this.#shown[this.at]
  }

  /** Gives the focus to the photo so many further on, and from the last one to the first. */
  step(by: number) {
    const { length } = this.#photos
    if (length > 0) this.#at = (this.at + by + length) % length
  }

  /** Takes a photo out. The focus goes to the one after it. */
  drop(ref: string) {
    const index = this.#photos.findIndex((photo) => refOf(photo) === ref)
    const { at } = this
    this.#refs = this.#refs.filter((other) => other !== ref)
    this.photos = this.#photos // without the one that goes
    this.#at = index < at ? at - 1 : at
  }

  /** All are zoomed and moved together. */
  get linked() {
    return this.#linked
  }

  /** Links them, so that all lie as the one with the focus does, or lets each lie by itself from where it is. */
  link(on: boolean) {
    const lies = this.#photos.map((photo) => this.#lieOf(photo))
    if (on) this.#shared.take(lies[this.at]?.own ?? this.#shared)
    else for (const { own } of lies) own.take(this.#shared)
    this.#linked = on
  }

  /** How a photo lies on its stage. */
  zoomOf(photo: PhotoDetails): Zoom {
    return this.#lieOf(photo).zoom
  }

  /** How the photo with the focus lies. */
  get zoom(): Zoom | undefined {
    return this.current && this.zoomOf(this.current)
  }

  #lieOf(photo: PhotoDetails) {
    const ref = refOf(photo)
    const known = this.#lies.get(ref)
    if (known) return known
    const own = new Place()
    const lie = {
      own,
      zoom: new Zoom(
        // It may be turned or cropped while it is looked at.
        () => this.photos.find((one) => refOf(one) === ref),
        () => (this.#linked ? this.#shared : own),
      ),
    }
    this.#lies.set(ref, lie)
    return lie
  }
}

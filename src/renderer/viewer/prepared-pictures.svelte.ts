import { SvelteMap } from 'svelte/reactivity'
import { refOf } from '../../shared/domain/refs.ts'
import { previewSizes, sizeOfPreview, type PreviewSize } from '../../shared/domain/preview-sizes.ts'
import type { PhotoSummary } from '../../shared/schemas/photo.ts'
import { wholeOf } from '../adjust/whole.ts'
import { lineSpeed, type LineSpeed } from './line-speed.ts'
import { loadPreview, type LoadedPreview } from './load-preview.ts'

/** A hand that leafs on within this time is not waited for with a preview, in milliseconds. */
const restMs = 80
/** What is looked at for longer than this was not leafed over: the next photo is asked for at once, in milliseconds. */
const pauseMs = 200
/** Pictures kept besides those on screen and those that may be next, for the way back. */
const keptBesides = 2
/** A preview that is expected to take longer is asked for in the next smaller size first, in milliseconds. */
const patienceMs = 150
/** About what a preview weighs. */
const bytesPerPixel = 0.12

/** A photo, and the preview that is sharp enough for where it is, or will be. */
export interface WantedPicture {
  photo: PhotoSummary
  size: PreviewSize
}

type Load = typeof loadPreview

/** A photo with this content: another one has another preview. */
const keyOf = (photo: PhotoSummary) => `${refOf(photo)} ${photo.digest ?? ''}`

/**
 * The previews of what is on screen, and of what may be next, fetched and decoded. What is on screen comes first, but only once the
 * hand rests; what was left is asked for no more. Some dozen megabytes for each picture: only a few are kept.
 */
export class PreparedPictures {
  readonly #load: Load
  readonly #line: Pick<LineSpeed, 'expect'>
  readonly #pictures = new SvelteMap<string, LoadedPreview>()
  readonly #failed = new SvelteMap<string, true>()
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- what is on its way is not shown
  readonly #loading = new Map<string, AbortController>()
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- who wants what decides what is asked for, not what is shown
  readonly #onScreen = new Map<string, WantedPicture>()
  #ahead: WantedPicture[] = []
  /** Undefined where the hand rests. */
  #timer: ReturnType<typeof setTimeout> | undefined
  #leafedAt = Number.NEGATIVE_INFINITY
  #isHurried = false

  constructor(load: Load = loadPreview, line: Pick<LineSpeed, 'expect'> = lineSpeed) {
    this.#load = load
    this.#line = line
  }

  /** The picture of a photo, as sharp as one is there. */
  of(photo: PhotoSummary): LoadedPreview | undefined {
    return this.#pictures.get(keyOf(photo))
  }

  /** There is no preview of it. */
  failed(photo: PhotoSummary): boolean {
    return this.#failed.has(keyOf(photo))
  }

  /** A photo is on screen until the function is called that it returns. */
  show(wanted: WantedPicture): () => void {
    const key = keyOf(wanted.photo)
    if (!this.#onScreen.has(key)) this.#leaf()
    this.#onScreen.set(key, wanted)
    this.#plan()
    return () => {
      if (this.#onScreen.get(key) === wanted) this.#onScreen.delete(key)
    }
  }

  /** What may be next, the likeliest first. */
  prepare(ahead: WantedPicture[]) {
    this.#ahead = ahead
    this.#plan()
  }

  close() {
    clearTimeout(this.#timer)
    this.#onScreen.clear()
    this.#ahead = []
    for (const gone of this.#loading.values()) gone.abort()
    for (const key of [...this.#pictures.keys()]) this.#drop(key)
  }

  /** Photos that come on screen in one moment are one step of the hand. */
  #leaf() {
    if (this.#timer !== undefined && !this.#isHurried) return
    const now = performance.now()
    this.#isHurried = now - this.#leafedAt < pauseMs
    this.#leafedAt = now
  }

  /** Goes on once all have said what they show, and the hand rests. */
  #plan() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined
        this.#tidy()
        this.#next()
      },
      this.#isHurried ? restMs : 0,
    )
  }

  /** Lets go of what nobody wants any more; what failed is tried again when it is come back to. */
  #tidy() {
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- asked within this call only
    const wanted = new Set([...this.#onScreen.keys(), ...this.#ahead.map(({ photo }) => keyOf(photo))])
    for (const [key, gone] of this.#loading) if (!wanted.has(key)) gone.abort()
    for (const key of this.#failed.keys()) if (!wanted.has(key)) this.#failed.delete(key)
    const besides = [...this.#pictures.keys()].filter((key) => !wanted.has(key))
    for (const key of besides.slice(0, Math.max(0, besides.length - keptBesides))) this.#drop(key)
  }

  #drop(key: string) {
    this.#pictures.get(key)?.drop()
    this.#pictures.delete(key)
  }

  /** All that is on screen at once, then one after the other what may be next. */
  #next() {
    const lacking = [...this.#onScreen.values()].filter((wanted) => this.#lacks(wanted))
    for (const wanted of lacking) void this.#fetch(wanted, 'screen')
    const next = lacking.length > 0 ? undefined : this.#ahead.find((wanted) => this.#lacks(wanted))
    if (next) void this.#fetch(next, 'ahead')
  }

  #lacks({ photo, size }: WantedPicture) {
    return !this.failed(photo) && (this.of(photo)?.size ?? 0) < size
  }

  async #fetch(wanted: WantedPicture, urgency: 'screen' | 'ahead') {
    const { photo } = wanted
    const key = keyOf(photo)
    if (this.#loading.has(key)) return
    const gone = new AbortController()
    this.#loading.set(key, gone)
    try {
      const picture = await this.#load(photo, this.#firstSize(wanted), urgency, gone.signal)
      this.#drop(key)
      this.#pictures.set(key, picture)
    } catch {
      if (!gone.signal.aborted) this.#failed.set(key, true)
    }
    this.#loading.delete(key)
    if (this.#timer === undefined) this.#next()
  }

  /** On a slow line something sharper than the thumbnail comes first. */
  #firstSize({ photo, size }: WantedPicture): PreviewSize {
    const { width, height } = sizeOfPreview(wholeOf(photo), size)
    const isSlow = this.#line.expect(width * height * bytesPerPixel) > patienceMs
    const smaller = previewSizes[previewSizes.indexOf(size) - 1]
    return isSlow && smaller && !this.of(photo) ? smaller : size
  }
}

import { refOf } from '../../shared/domain/refs.ts'
import type { PhotoSummary } from '../../shared/schemas/photo.ts'
import type { PhotoView } from '../grid/photo-view.svelte.ts'
import { preferences } from '../app/preferences.svelte.ts'
import { toggleFullScreen } from './fullscreen.ts'
import { Loupe } from './loupe.svelte.ts'
import { Player } from './player.ts'
import { PreparedPictures } from './prepared-pictures.svelte.ts'
import { neededFor } from './resolution.ts'
import { untouchedOf } from '../adjust/whole.ts'
import { Slideshow } from './slideshow.svelte.ts'
import { Untouched } from './untouched.svelte.ts'
import { Zoom } from './zoom.svelte.ts'

/** Photos that are prepared in the direction of leafing, and behind. */
const around = { ahead: 2, behind: 1 }

/** The photo that is shown large: which one, how it lies on the stage, its film, and the show of all after it. */
export class ViewerState {
  readonly #view: () => PhotoView
  /** Back to the grid. */
  readonly close: () => void
  readonly player = new Player()
  readonly zoom = new Zoom(() => (this.photo?.video ? undefined : this.photo))
  readonly loupe = new Loupe(() => this.zoom)
  readonly slideshow = new Slideshow({
    at: () => this.index,
    total: () => this.total,
    go: (to) => this.#goOn(to),
    busy: () => this.player.runs,
  })
  /** The photo of a slideshow that fades away over the next one. */
  #leaving = $state.raw<PhotoSummary>()
  /** The slideshow has taken the screen, and gives it back. */
  #hasScreen = false
  readonly pictures = new PreparedPictures()
  readonly untouched = new Untouched()
  readonly #shown = $derived.by(() => {
    const { photo } = this.#view().selection
    return photo && this.untouched.on ? untouchedOf(photo) : photo
  })
  /** Where the last step led: 1 or -1. */
  #direction = 1
  /** The photo, as `album/photo`, whose film is shown instead of it. */
  #filming = $state<string | null>(null)

  /** `close` leads back to the grid. */
  constructor(view: () => PhotoView, close: () => void) {
    this.#view = view
    this.close = close
  }

  get index(): number {
    return this.#view().selection.cursor
  }
  get total(): number {
    return this.#view().pages.total ?? 0
  }
  /** Undefined where it is on its way. */
  get photo(): PhotoSummary | undefined {
    return this.#shown
  }
  /** It is shown other than its file has it, or would be but for `untouched`. */
  get isAdjusted(): boolean {
    return Boolean(this.#view().selection.photo?.adjusted)
  }
  /** `album/photo`, by which one photo is known from the next. */
  get ref(): string | null {
    return this.photo ? refOf(this.photo) : null
  }

  /** The id of the file with the film of a photo: a motion photo's is in its own, a live photo's in the one behind it. */
  get film(): string | null {
    return this.photo?.stack?.film ?? (this.photo?.film ? this.photo.id : null)
  }
  get showsFilm(): boolean {
    return this.film !== null && this.#filming === this.ref
  }
  toggleFilm = () => {
    this.#filming = this.showsFilm ? null : this.ref
  }
  endFilm = () => {
    this.#filming = null
  }

  /** Shows another one, which lies as the one before did: who looks at an eye goes on to that eye. */
  go(to: number) {
    if (to !== this.index) this.#direction = to > this.index ? 1 : -1
    this.endFilm()
    this.untouched.end()
    this.#view().selection.visit(to)
  }

  /** Goes on by so many photos; to the first or last one for an infinite number. */
  step = (by: number) => this.go(Math.min(this.total - 1, Math.max(0, this.index + by)))

  /** Has the photos prepared that may be next: two in the direction of leafing, and the one behind. */
  prepare() {
    const { pages } = this.#view()
    const at = (by: number) => pages.at(this.index + by * this.#direction)
    const slide = this.slideshow.next
    if (slide === null) pages.leave('slides')
    else pages.want('slides', slide, slide)
    const next = [
      ...(slide === null ? [] : [pages.at(slide)]),
      ...Array.from({ length: around.ahead }, (_, n) => at(n + 1)),
      at(-around.behind),
    ]
    pages.want('viewer', ...this.#around)
    if (this.zoom.width === 0) return // the stage has no size yet
    this.pictures.prepare(
      next.flatMap((photo) =>
        !photo || photo.video ? [] : { photo, size: neededFor(photo, this.zoom.pixelsInFit(photo)).preview },
      ),
    )
  }

  /** First and last index of what is prepared. */
  get #around(): [number, number] {
    return [Math.max(0, this.index - around.ahead), Math.min(this.total - 1, this.index + around.ahead)]
  }

  /** The photo before in a slideshow, as long as it is seen. */
  get leaving() {
    return this.#leaving
  }
  endLeaving = () => {
    this.#leaving = undefined
  }

  /** Begins the slideshow, with the screen to itself, or ends it and gives the screen back. */
  present = () => {
    if (this.slideshow.runs) {
      this.stop()
      return
    }
    this.#hasScreen = !document.fullscreenElement
    if (this.#hasScreen) toggleFullScreen()
    this.slideshow.start()
  }

  stop() {
    this.slideshow.stop()
    this.endLeaving()
    this.giveScreenBack()
  }

  /** A slideshow that has ended by itself leaves the screen as it was before. */
  giveScreenBack() {
    if (this.#hasScreen && document.fullscreenElement) toggleFullScreen()
    this.#hasScreen = false
  }

  /** Who leaves the full screen by the browser's own key leaves the slideshow that took it. */
  screenChanged = () => {
    if (!document.fullscreenElement && this.#hasScreen) this.stop()
  }

  /** Ends the slideshow where it runs, or puts the loupe away, else closes the photo. */
  leave = () => {
    if (this.slideshow.runs) this.stop()
    else if (this.loupe.shown) this.loupe.end()
    else this.close()
  }

  #goOn(to: number) {
    const before = this.photo
    this.zoom.reset()
    this.go(to)
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    this.#leaving = preferences.slidesFade && !calm && !before?.video ? before : undefined
  }
}

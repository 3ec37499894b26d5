import { refOf } from '../../shared/domain/refs.ts'
import type { PhotoSummary } from '../../shared/schemas/photo.ts'
import type { PhotoView } from '../grid/photo-view.svelte.ts'
import { toggleFullScreen } from './fullscreen.ts'
import { Player } from './player.ts'
import { Slideshow } from './slideshow.svelte.ts'
import { Zoom } from './zoom.svelte.ts'

/** The photo that is shown large: which one, how it lies on the stage, its film, and the show of all after it. */
export class ViewerState {
  readonly #view: () => PhotoView
  /** Back to the grid. */
  readonly close: () => void
  readonly player = new Player()
  readonly zoom = new Zoom(() => (this.photo?.video ? undefined : this.photo))
  readonly slideshow = new Slideshow(
    () => this.#goOn(),
    () => this.player.runs,
  )
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
    return this.#view().selection.photo
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

  go(to: number) {
    this.zoom.reset()
    this.endFilm()
    this.#view().selection.visit(to)
  }

  /** Goes on by so many photos; to the first or last one for an infinite number. */
  step = (by: number) => this.go(Math.min(this.total - 1, Math.max(0, this.index + by)))

  /** Begins the slideshow, with the screen to itself, or ends it. */
  present = () => {
    if (!this.slideshow.runs && !document.fullscreenElement) toggleFullScreen()
    this.slideshow.toggle()
  }

  /** Ends the slideshow where it runs, else closes the photo. */
  leave = () => {
    if (this.slideshow.runs) this.slideshow.stop()
    else this.close()
  }

  #goOn(): boolean {
    if (this.index >= this.total - 1) return false
    this.go(this.index + 1)
    return true
  }
}

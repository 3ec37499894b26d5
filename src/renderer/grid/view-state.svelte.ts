import { createContext } from 'svelte'
import type { GalleryEvent } from '../../shared/schemas/event.ts'
import { isRefusal, type Client } from '../api/client.ts'
import type { Navigation } from '../app/navigation.svelte.ts'
import { Hand } from './hand.ts'
import { PhotoViewCache } from './photo-view-cache.ts'

/** The view that is shown, and how: as a grid, one photo large, or some side by side. */
export class ViewState {
  readonly #navigation: Navigation
  readonly #views: PhotoViewCache
  #viewing = $state(false)
  #comparing = $state(false)
  #loaded = $state(false)
  #picking = $state(false)
  #presenting = $state(false)
  #led = $state(0)
  /** The open photo was tapped: touch leaves nothing selected behind. */
  #tapped = false

  constructor(client: Client, navigation: Navigation) {
    this.#navigation = navigation
    this.#views = new PhotoViewCache(client)
  }

  /** Of the pointer over the photos. */
  readonly hand = new Hand()

  readonly view = $derived.by(() => this.#views.of(this.#navigation.query))

  /** The photo at the cursor is shown large. */
  get viewing() {
    return this.#viewing
  }
  /** Some photos are shown side by side. */
  get comparing() {
    return this.#comparing
  }
  /** The grid lies below what is shown, and is not seen. */
  get covered() {
    return this.#viewing || this.#comparing
  }
  /** Everything that the first look needs has come. */
  get loaded() {
    return this.#loaded
  }

  /** Photos are being picked by touch: a tap selects one, or no longer, instead of opening it. */
  get picking() {
    return this.#picking
  }

  /** The open photo was tapped, so that the hand is at the picture and not at keys. */
  get byTouch() {
    return this.#viewing && this.#tapped
  }

  /** How often the cursor was led, which the grid then shows. */
  get led() {
    return this.#led
  }

  /** Another window than this one moves the cursor. */
  lead(by: number) {
    const { selection } = this.view
    selection.visit(selection.cursor + by)
    this.#led++
  }

  /** Begins or ends picking by touch. Afterwards nothing is selected. */
  pick(on: boolean) {
    this.#picking = on
    if (!on) this.view.selection.clear()
  }

  openPhoto(index: number, tapped = false) {
    this.view.selection.visit(index)
    this.#viewing = true
    this.#tapped = tapped
  }

  /** Opens the photo at the cursor, or the first one, as the beginning of a slideshow. */
  present() {
    this.openPhoto(Math.max(0, this.view.selection.cursor))
    this.#presenting = true
  }

  /** A slideshow runs, or is to begin: nothing is seen but the photo. */
  get presenting() {
    return this.#viewing && this.#presenting
  }

  /** What shows the photo tells whether a slideshow runs. */
  tellPresenting(runs: boolean) {
    this.#presenting = runs
  }

  closePhoto() {
    if (this.#viewing && this.#tapped && !this.#picking) this.view.selection.clear()
    this.#viewing = false
    this.#presenting = false
  }

  compare(on: boolean) {
    this.#comparing = on
  }

  /** Another view is shown, as a grid. */
  arrive() {
    this.#viewing = false
    this.#picking = false
    this.#comparing = false
    void this.view.refresh()
  }

  /** Reads the view again. What the user may no longer see goes from the screen as well. */
  async refresh() {
    await this.view.refresh()
    const { error, total } = this.view.pages
    if (isRefusal(error) || total === 0) this.closePhoto()
    this.#loaded = true
  }

  /** Something has happened: views that are not on screen let go of what left them. */
  hear(event: GalleryEvent) {
    this.#views.hear(event, this.view)
  }

  /** Forgets what another account has seen. */
  forget() {
    this.#views.forget()
    this.#viewing = false
    this.#picking = false
  }
}

export const [getViewState, setViewState] = createContext<ViewState>()

import type { Wall } from '../grid/layout/grid-layout.ts'
import { narrowPx } from '../grid/layout/lay-out.ts'
import type { Theme } from '../../shared/domain/appearance.ts'
import type { PhotoSort, TimeStep } from '../../shared/schemas/photo.ts'

/** How this window shows photos: kept by the browser, as it is a matter of the screen and not of the gallery. */
interface Shown {
  /** Light, dark, or as the system is. */
  theme: Theme
  thumbSize: number
  /** How photos hang; null: squares in a narrow grid, as on phones, and cells elsewhere. */
  wall: Wall | null
  /** They stand in columns by status, on no wall. */
  board: boolean
  /** What stands above the photos where they are ordered by date; null: nothing. */
  headings: TimeStep | null
  sort: PhotoSort
  /** Of collections, which are in their order by hand at first. */
  collectionSort: PhotoSort
  descending: boolean
  /** What the panel on the right tells; null: it is closed. */
  panel: Panel | null
  /** The sidebar stands beside the photos where there is room; else it is a drawer over them. */
  sidebar: boolean
  /** In CSS pixels. */
  sidebarWidth: number
  panelWidth: number
  /** The filter bar is open. */
  filter: boolean
  /** How light and dark the open photo is. */
  histogram: boolean
  /** What is sharp in a photo that is shown large is coloured. */
  peaking: boolean
  /** The row of the open photo stands below it. */
  filmstrip: boolean
  /** How long each photo of a slideshow is seen: one of `slideSeconds`. */
  slideSeconds: number
  /** A slideshow shows each photo once by chance, instead of in the order of the view. */
  slidesShuffled: boolean
  /** A photo of a slideshow fades into the next one. */
  slidesFade: boolean
  /** News are told outside of the window while the user is elsewhere. */
  notifications: boolean
  /** Who rates a photo goes on to the next one. */
  advance: boolean
  /** The album that photos were moved to last. */
  lastAlbum: string | null
  /** The tags that photos were given last, the last one first. */
  recentTags: string[]
  /** The folders that were added last, the last one first. */
  recentFolders: string[]
  /** Which card of the tour is open; null: none. `done`: it was seen or left. */
  tour: number | 'done' | null
  /** When the damage was noticed that the user has read of last. */
  seenDamage: string | null
}

export type Panel = 'info' | 'activity'

const key = 'cimaise:shown'
const usual: Shown = {
  theme: 'system',
  thumbSize: 176,
  wall: null,
  board: false,
  headings: 'month',
  sort: 'taken',
  collectionSort: 'manual',
  descending: true,
  panel: null,
  sidebar: true,
  sidebarWidth: 232,
  panelWidth: 272,
  filter: false,
  histogram: false,
  peaking: false,
  filmstrip: false,
  slideSeconds: 5,
  slidesShuffled: false,
  slidesFade: true,
  notifications: true,
  advance: true,
  lastAlbum: null,
  recentTags: [],
  recentFolders: [],
  tour: null,
  seenDamage: null,
}

const read = (): Shown => {
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Shown>) }
  } catch {
    return usual
  }
}

/** Tags that are offered as given last. */
const maxRecentTags = 8

/** Folders that are offered as added last. */
const maxRecentFolders = 5

export const minThumbSizePx = 96
export const maxThumbSizePx = 320

/** How long photos of a slideshow may be seen. */
export const slideSeconds: readonly number[] = [2, 3, 5, 8, 15, 30]

/** How narrow and how wide what stands beside the photos can be made, in CSS pixels. */
export const sideWidths = { min: 180, max: 480 }

const within = ({ min, max }: { min: number; max: number }, value: number) =>
  Math.min(max, Math.max(min, value))

class Preferences {
  #shown = $state(read())

  get theme(): Theme {
    const { theme } = this.#shown
    return theme === 'light' || theme === 'dark' ? theme : 'system'
  }

  get thumbSize() {
    return Math.min(maxThumbSizePx, Math.max(minThumbSizePx, this.#shown.thumbSize))
  }

  /** How photos hang in a grid of a width. */
  wallOf(width: number): Wall {
    return this.#shown.wall ?? (width > 0 && width < narrowPx ? 'squares' : 'cells')
  }

  get board() {
    return this.#shown.board
  }

  get headings() {
    return this.#shown.headings
  }

  get sort() {
    return this.#shown.sort
  }

  get collectionSort() {
    return this.#shown.collectionSort
  }

  get descending() {
    return this.#shown.descending
  }

  get panel() {
    return this.#shown.panel
  }

  get sidebar() {
    return this.#shown.sidebar
  }

  get sidebarWidth() {
    return within(sideWidths, this.#shown.sidebarWidth)
  }

  get panelWidth() {
    return within(sideWidths, this.#shown.panelWidth)
  }

  get filter() {
    return this.#shown.filter
  }

  get histogram() {
    return this.#shown.histogram
  }

  get peaking() {
    return this.#shown.peaking
  }

  get filmstrip() {
    return this.#shown.filmstrip
  }

  get slideSeconds() {
    const { slideSeconds: kept } = this.#shown
    return slideSeconds.includes(kept) ? kept : usual.slideSeconds
  }

  get slidesShuffled() {
    return this.#shown.slidesShuffled
  }

  get slidesFade() {
    return this.#shown.slidesFade
  }

  get notifications() {
    return this.#shown.notifications
  }

  get advance() {
    return this.#shown.advance
  }

  get lastAlbum() {
    return this.#shown.lastAlbum
  }

  get recentTags(): string[] {
    return this.#shown.recentTags
  }

  /** Notes tags as given last. */
  rememberTags(tags: string[]) {
    const others = this.recentTags.filter((tag) => !tags.includes(tag))
    if (tags.length > 0) this.change({ recentTags: [...tags, ...others].slice(0, maxRecentTags) })
  }

  get recentFolders(): string[] {
    return this.#shown.recentFolders
  }

  /** Notes a folder as added last. */
  rememberFolder(folder: string) {
    const others = this.recentFolders.filter((other) => other !== folder)
    this.change({ recentFolders: [folder, ...others].slice(0, maxRecentFolders) })
  }

  /** Which card of the tour is open, from 0; null: none. */
  get tour() {
    const { tour } = this.#shown
    return typeof tour === 'number' ? tour : null
  }

  /** Shows the tour to who has not seen it. */
  beginTour() {
    if (this.#shown.tour === null) this.showTour(0)
  }

  showTour(card: number) {
    this.change({ tour: card })
  }

  endTour() {
    this.change({ tour: 'done' })
  }

  get seenDamage() {
    return this.#shown.seenDamage
  }

  /** Opens a panel, or closes it where it is open. */
  togglePanel(panel: Panel) {
    this.change({ panel: this.panel === panel ? null : panel })
  }

  change(change: Partial<Shown>) {
    Object.assign(this.#shown, change)
    localStorage.setItem(key, JSON.stringify(this.#shown))
  }
}

export const preferences = new Preferences()

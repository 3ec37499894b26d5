import { untrack } from 'svelte'
import { refOf } from '../../shared/domain/refs.ts'
import { indexesOf, pitchOf, visibleRows } from './layout/grid-layout.ts'
import { joinSparse, type Section } from './layout/joined-sections.ts'
import { countInRow, layOut } from './layout/lay-out.ts'
import { soundAspect } from './layout/row-breaks.ts'
import type { PhotoSummary } from '../../shared/schemas/photo.ts'
import { preferences } from '../app/preferences.svelte.ts'
import { Flight } from './flight.svelte.ts'
import type { PhotoView } from './photo-view.svelte.ts'
import { elementHeight, inContent, inElement, isWorn } from './tall-content.ts'

/** The grid counts as moving for so long after it was scrolled, in milliseconds. */
const settleDelayMs = 700
/** While it moves by itself, scrolling is told of at least so often, in milliseconds. */
const flungMs = 100
/** Who moves so many screens at once has drawn the scroll bar. */
const jumpScreens = 6
/** A cell that is scrolled into sight is not quite at the edge. */
const edgePx = 6

/** Of photos that were loaded together, the same list each time. */
const aspectsOf = new WeakMap<readonly PhotoSummary[], readonly number[]>()

/** Where the grid stands in its scroller: which rows are seen, and what stays in sight when photos or sizes change. */
export class GridScroller {
  readonly #view: PhotoView
  #scroller: HTMLElement | null = null
  #top = $state(0)
  #origin = $state(0)
  #moving = $state(false)
  /** When the user scrolled last, by the clock of events. */
  #scrolledAt = -Infinity
  #settle: ReturnType<typeof setTimeout> | undefined
  readonly #flight = new Flight()
  width = $state(0)
  /** Of what stands above the photos, in CSS pixels. Heights are counted from its end on, and are negative within it. */
  lead = $state(0)
  height = $state(0)

  readonly total = $derived.by(() => this.#view.pages.total ?? 0)
  readonly #wall = $derived.by(() => {
    const { width } = this
    return { wall: preferences.wallOf(width), size: preferences.thumbSize, width }
  })
  /** What stands below each heading; empty where there are none. Until it is known, all of it stands below one without words. */
  readonly sections = $derived.by((): Section[] =>
    preferences.headings && this.#view.timeline.isDated
      ? joinSparse(
          this.#view.timeline.sections ?? [{ date: null, photos: this.total }],
          countInRow(this.#wall),
        )
      : [],
  )
  readonly layout = $derived.by(() =>
    layOut({
      ...this.#wall,
      total: this.total,
      sections: this.sections.map(({ photos }) => photos),
      height: this.height,
      aspects: (block) => this.#aspects(block),
    }),
  )
  readonly #rows = $derived.by(() => visibleRows(this.layout, this.#top, this.height))
  /** The first and the last row that exist in the document: numbers, so that most scrolling changes nothing. */
  readonly first = $derived.by(() => this.#rows.first)
  readonly last = $derived.by(() => this.#rows.last)

  constructor(view: PhotoView) {
    this.#view = view
  }

  /** The grid is being scrolled, or was a moment ago. */
  get moving() {
    return this.#moving
  }

  /** Photos pass too fast to be recognised. */
  get flying() {
    return this.#flight.flying
  }

  /** How far it is scrolled. */
  get top() {
    return this.#top
  }

  /** The height of the content at which its element begins: 0 but where the content is taller than a browser can scroll. */
  get origin() {
    return this.#origin
  }

  /** How tall the element of the content is. */
  get elementHeight() {
    return elementHeight(this.layout.height)
  }

  /** It moves at this moment, as after a swipe: a finger that comes down stops it. */
  get isFlung() {
    return performance.now() - this.#scrolledAt < flungMs
  }

  /** The first index whose picture is seen at least in part. */
  get firstSeen() {
    return Math.min(this.total - 1, this.layout.firstOf(visibleRows(this.layout, this.#top, 0, 0).first))
  }

  /** The scroller is there, or goes. */
  attach(scroller: HTMLElement) {
    this.#scroller = scroller
    return () => {
      clearTimeout(this.#settle)
      this.#flight.end()
      this.#scroller = null
    }
  }

  /** The user scrolled. */
  scrolled() {
    const top = this.#follow((this.#scroller?.scrollTop ?? 0) - this.lead)
    if (top === this.#top) return
    this.#top = top
    this.#scrolledAt = performance.now()
    this.#flight.move(top, this.height, this.#scrolledAt)
    this.#mark()
    this.#moving = true
    clearTimeout(this.#settle)
    this.#settle = setTimeout(() => (this.#moving = false), settleDelayMs)
  }

  /** Whether an index is among those in the document. */
  holds(index: number) {
    const row = this.layout.rowOf(index)
    return index >= 0 && row >= this.first && row <= this.last
  }

  /** Asks for what is seen, and not for what flies past. */
  load() {
    if (this.total === 0 || this.flying) return
    const { first, last } = indexesOf(this.layout, this.first, this.last)
    this.#view.pages.want('view', first, last)
  }

  /** Puts what was seen back in sight: photos came or went above it, or cells have another size. */
  keep() {
    const { layout, width } = this
    void this.#view.pages.version
    if (width === 0 || layout.rows === 0) return
    untrack(() => {
      const { anchor, pages } = this.#view
      const found = anchor?.ref === undefined ? -1 : pages.indexOf(anchor.ref)
      const row = Math.min(layout.rows - 1, layout.rowOf(found >= 0 ? found : (anchor?.index ?? 0)))
      const by = anchor
        ? layout.rowTop(row) + anchor.part * pitchOf(layout, row) - this.#top
        : Math.min(0, -this.#top)
      const isCut = this.#origin > layout.height - this.elementHeight
      // What is on its way from the wheel is kept, and nothing is touched where nothing moved.
      if (this.#scroller && (isCut || Math.abs(by) > 0.5))
        this.#scrollTo(this.#scrolledBy(this.#scroller) + by)
    })
  }

  /** Learns which photo is at the upper edge, where it had not come yet when the grid was scrolled there. */
  identify() {
    void this.#top
    const { anchor, pages } = this.#view
    const photo = anchor && anchor.ref === undefined ? pages.at(anchor.index) : undefined
    if (anchor && photo) anchor.ref = refOf(photo)
  }

  /** Scrolls as little as it takes to show a cell whole. */
  reveal(index: number) {
    const { layout, height } = this
    if (!this.#scroller || index < 0) return
    const { top, bottom } = layout.cell(index)
    const lowest = bottom - height + edgePx
    const highest = top - layout.look.heading
    if (highest < this.#top) this.#scrollTo(highest - edgePx)
    else if (lowest > this.#top) this.#scrollTo(lowest)
    else return
    this.#mark()
  }

  /** Scrolls to a height of the content, as the user wants. */
  scrollTo(top: number) {
    this.#scrollTo(top)
    this.#mark()
  }

  /** Remembers what the user scrolled to: it stays the anchor through every change that is not theirs. */
  #mark() {
    const { layout } = this
    const row = visibleRows(layout, this.#top, 0, 0).first
    const index = layout.firstOf(row)
    const part = (this.#top - layout.rowTop(row)) / pitchOf(layout, row)
    const photo = this.#view.pages.at(index)
    this.#view.anchor = this.#top < edgePx ? null : { ref: photo && refOf(photo), index, part }
  }

  #aspects(block: number): readonly number[] | undefined {
    const photos = this.#view.pages.page(block)
    if (!photos) return undefined
    const aspects = aspectsOf.get(photos) ?? photos.map(({ width, height }) => soundAspect(width, height))
    aspectsOf.set(photos, aspects)
    return aspects
  }

  /** Where the user has scrolled by now. A content that has become shorter than that has moved the scroller, and not they. */
  #scrolledBy({ scrollTop, scrollHeight, clientHeight }: HTMLElement) {
    const top = scrollTop - this.lead + this.#origin
    const isCut = top < this.#top && scrollTop >= scrollHeight - clientHeight - 1
    return isCut ? this.#top : top
  }

  /** The height of the content at the upper edge, where its element was scrolled to `at`. */
  #follow(at: number) {
    const { height } = this.layout
    const top = at + this.#origin
    if (Math.abs(top - this.#top) > jumpScreens * this.height) {
      this.#origin = Math.round(inContent(at, height, this.height) - at)
      return at + this.#origin
    }
    if (!isWorn(at, this.#origin, height, this.height)) return top
    this.#scrollTo(top)
    return this.#top
  }

  #scrollTo(top: number) {
    if (!this.#scroller) return
    this.#origin = Math.round(top - inElement(top, this.layout.height, this.height))
    this.#scroller.scrollTop = top - this.#origin + this.lead
    this.#top = this.#scroller.scrollTop - this.lead + this.#origin
  }
}

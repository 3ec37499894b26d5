import { parseRef } from '../../shared/domain/refs.ts'
import type { Change } from '../../shared/schemas/change.ts'
import type { GalleryState } from '../app/app-state.svelte.ts'
import { columnLeft, gap, pitchOf, rowTop, type GridLayout } from './grid-layout.ts'
import type { PhotoView } from './photo-view.svelte.ts'
import { counted, t } from '../i18n/index.ts'

/** From one rank to the next, where an album's order is written anew: room to put others in between. */
const step = 1024
/** Closer than this, two ranks have no room between them any more. */
const least = 1e-6
/** Photos read at once, which is what the contract allows. */
const pageSize = 500

interface Ranked {
  id: string
  rank: number | null
}

/** Puts photos of an album in an order of the person's own. */
export class Reorder {
  readonly #gallery: GalleryState
  readonly #view: PhotoView
  #mark = $state<number | null>(null)

  constructor(gallery: GalleryState, view: PhotoView) {
    this.#gallery = gallery
    this.#view = view
  }

  /** Before which photo dragged ones would be put; null while they would not. */
  get mark() {
    return this.#mark
  }

  /** Whether this grid's order is the person's to make. */
  get orders(): boolean {
    const { query } = this.#view.pages
    const own = this.#gallery.albums.find(({ id }) => id === query.album)
    return query.sort === 'manual' && query.filter === undefined && own?.right === 'modify'
  }

  over(event: DragEvent, scroller: HTMLElement, layout: GridLayout) {
    const { dragged } = this.#gallery.carrying
    if (!dragged || !this.orders) return
    event.preventDefault()
    event.stopPropagation() // the window itself takes nothing but files
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'move'
    const { left, top } = scroller.getBoundingClientRect()
    const x = event.clientX - left - columnLeft(layout, 0)
    const y = event.clientY - top + scroller.scrollTop - rowTop(layout, 0)
    const column = Math.min(layout.columns - 1, Math.max(0, Math.round(x / (layout.cellWidth + gap))))
    const row = Math.min(layout.rows - 1, Math.max(0, Math.floor(y / pitchOf(layout))))
    this.#mark = Math.min(this.#view.pages.total ?? 0, row * layout.columns + column)
  }

  leave() {
    this.#mark = null
  }

  drop(event: DragEvent) {
    const index = this.#mark
    this.#mark = null
    const { dragged } = this.#gallery.carrying
    if (index === null || !dragged) return
    event.preventDefault()
    void this.#put(dragged, index)
  }

  /** Moves the selection by an arrow key. */
  byKey(key: string, columns: number): boolean {
    const steps: Record<string, number> = {
      ArrowLeft: -1,
      ArrowRight: 2,
      ArrowUp: -columns,
      ArrowDown: columns + 1,
    }
    const by = steps[key]
    const { selection, pages } = this.#view
    if (by === undefined || selection.cursor < 0) return false
    const index = Math.min(pages.total ?? 0, Math.max(0, selection.cursor + by))
    void this.#put(this.#gallery.photoActions.refs, index)
    return true
  }

  async #put(refs: string[], index: number) {
    const { history } = this.#gallery
    const album = this.#view.pages.query.album ?? ''
    const photos = await this.#gallery.attempt(() => this.#order())
    if (!photos) return
    const { moved, values } = reranked(
      photos,
      refs.map((ref) => parseRef(ref).id),
      index,
    )
    const change: Change = { kind: 'edit', album, field: 'rank', values }
    await history.perform(t('didOrder', { photos: counted('photos', moved.length) }), [change])
  }

  /** The whole album in its present order. */
  async #order(): Promise<Ranked[]> {
    const { query } = this.#view.pages
    const { client } = this.#gallery
    const photos: Ranked[] = []
    for (;;) {
      const page = await client.photos.page({ view: query, offset: photos.length, limit: pageSize })
      photos.push(...page.photos)
      if (page.photos.length === 0 || photos.length >= page.total) return photos
    }
  }
}

/** Photos of an album once some of them are put before another place: which move, and the ranks that this takes. */
const reranked = (photos: Ranked[], ids: string[], index: number) => {
  const moving = Object.fromEntries(ids.map((id) => [id, true]))
  const [moved, still] = [photos.filter(({ id }) => moving[id]), ({ id }: Ranked) => !moving[id]]
  const [before, after] = [photos.slice(0, index).filter(still), photos.slice(index).filter(still)]
  return { moved, values: between(before, moved, after) ?? [...before, ...moved, ...after].map(numbered) }
}

const numbered = ({ id }: Ranked, i: number) => ({ photo: id, to: String((i + 1) * step) })

/** Ranks for photos that are put between others; null where these have none, or leave no room. */
const between = (before: Ranked[], moved: Ranked[], after: Ranked[]) => {
  const [left, right] = [before.at(-1), after[0]]
  if (left?.rank === null || right?.rank === null) return null
  const first = left?.rank ?? (right?.rank ?? 0) - step * (moved.length + 1)
  const last = right?.rank ?? first + step * (moved.length + 1)
  const distance = (last - first) / (moved.length + 1)
  if (distance < least) return null
  return moved.map(({ id }, i) => ({ photo: id, to: String(first + distance * (i + 1)).slice(0, 30) }))
}

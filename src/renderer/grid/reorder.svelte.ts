import { parseRef } from '../../shared/domain/refs.ts'
import type { Change } from '../../shared/schemas/change.ts'
import type { AlbumsState } from '../albums/albums-state.svelte.ts'
import type { CollectionsState } from '../collections/collections-state.svelte.ts'
import type { History } from '../commands/history.svelte.ts'
import type { PhotoActions } from '../photos/photo-actions.svelte.ts'
import type { Notify } from '../ui/toasts/notices.svelte.ts'
import { showEffect, type PhotoDrag } from '../ui/drag/photo-drag.svelte.ts'
import type { GridScroller } from './grid-scroller.svelte.ts'
import { acrossRows, indexBefore, type GridLayout } from './layout/grid-layout.ts'
import { inRow } from '../i18n/forward.ts'
import { placeIn } from './marquee.svelte.ts'
import type { PhotoView } from './photo-view.svelte.ts'
import { counted, t } from '../i18n/index.ts'

/** Photos looked at in one step, on the search for a neighbour that stays where it is. */
const neighboursPerStep = 200

interface Needs {
  albumsState: AlbumsState
  collectionsState: CollectionsState
  history: History
  notices: Notify
  photoActions: PhotoActions
  photoDrag: PhotoDrag
}

/** Puts photos of an album into the manual order. The core gives them their ranks: the page says between which photos. */
export class Reorder {
  readonly #needs: Needs
  readonly #view: PhotoView
  #mark = $state<number | null>(null)

  constructor(needs: Needs, view: PhotoView) {
    this.#needs = needs
    this.#view = view
  }

  /** The index before which a drag would drop its photos; null where it would not. */
  get mark() {
    return this.#mark
  }

  /** Whether the user may change the order of this view. */
  get orders(): boolean {
    const { query } = this.#view.pages
    const own =
      query.collection === undefined
        ? this.#needs.albumsState.byId(query.album)
        : this.#needs.collectionsState.byId(query.collection)
    return query.sort === 'manual' && query.filter === undefined && own?.right === 'modify'
  }

  over(event: DragEvent, scroller: HTMLElement, gridScroller: GridScroller) {
    const { dragged } = this.#needs.photoDrag
    if (!dragged || !this.orders) return
    event.preventDefault()
    event.stopPropagation() // the window itself takes nothing but files
    showEffect(event, 'move')
    const { x, y } = placeIn(scroller, gridScroller, event)
    this.#mark = indexBefore(gridScroller.layout, x, y)
  }

  leave() {
    this.#mark = null
  }

  drop(event: DragEvent) {
    const index = this.#mark
    this.#mark = null
    const { dragged } = this.#needs.photoDrag
    if (index === null || !dragged) return
    event.preventDefault()
    void this.#put(dragged, index)
  }

  /** Moves the selection by an arrow key. */
  byKey(key: string, layout: GridLayout): boolean {
    const { selection, pages } = this.#view
    const { cursor } = selection
    if (cursor < 0) return false
    const steps: Record<string, number> = {
      ArrowLeft: cursor - 1,
      ArrowRight: cursor + 2,
      ArrowUp: acrossRows(layout, cursor, -1),
      ArrowDown: acrossRows(layout, cursor, 1) + 1,
    }
    const to = steps[inRow(key)]
    if (to === undefined) return false
    const index = Math.min(pages.total ?? 0, Math.max(0, to))
    void this.#put(this.#needs.photoActions.refs, index)
    return true
  }

  async #put(refs: string[], index: number) {
    const { history } = this.#needs
    const { pages } = this.#view
    const { album, collection } = pages.query
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- asked within this call only
    const moving = new Set(refs)
    const neighbours = await this.#needs.notices.attempt(async () => ({
      after: await this.#neighbour(index - 1, -1, moving),
      before: await this.#neighbour(index, 1, moving),
    }))
    if (!neighbours) return
    const photos = pages.inOrder(refs).map((ref) => parseRef(ref).id)
    const change: Change =
      collection === undefined
        ? { kind: 'order', album: album ?? '', photos, ...neighbours }
        : { kind: 'arrange', collection, photos, ...neighbours }
    await history.perform(t('didOrder', { photos: counted('photos', photos.length) }), [change])
  }

  /** The photo nearest to an index, there or further on in one direction, that is not about to move; null beyond the last. */
  async #neighbour(index: number, step: 1 | -1, moving: ReadonlySet<string>): Promise<string | null> {
    const { pages } = this.#view
    const last = (pages.total ?? 0) - 1
    for (let near = index; near >= 0 && near <= last; near += step * neighboursPerStep) {
      const far = Math.min(last, Math.max(0, near + step * (neighboursPerStep - 1)))
      const refs = await pages.refs(Math.min(near, far), Math.max(near, far))
      const found = (step > 0 ? refs : refs.reverse()).find((ref) => !moving.has(ref))
      if (found) return parseRef(found).id
    }
    return null
  }
}

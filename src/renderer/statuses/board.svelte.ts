import { refOf } from '../../shared/domain/refs.ts'
import type { PhotoQuery, PhotoSummary } from '../../shared/schemas/photo.ts'
import type { Status } from '../../shared/schemas/status.ts'
import type { Client } from '../api/client.ts'
import { preferences } from '../app/preferences.svelte.ts'
import { layOut } from '../grid/layout/lay-out.ts'
import { indexesOf, visibleRows } from '../grid/layout/grid-layout.ts'
import { PhotoPages } from '../grid/photo-pages.svelte.ts'
import type { PhotoView } from '../grid/photo-view.svelte.ts'
import type { ViewState } from '../grid/view-state.svelte.ts'
import type { PhotoActions } from '../photos/photo-actions.svelte.ts'

/** What changes in quick succession is read together, after this many milliseconds. */
const settleMs = 120

/** Pictures of a column are smaller than those of the grid, in parts of the size that is chosen for these. */
const sizeOnBoard = 0.6

/** The photos of one status, or of none: as many of them as are near what is seen. */
export class BoardColumn {
  /** Null: photos without one. */
  readonly status: Status | null
  readonly pages: PhotoPages
  /** Of what is seen of it, and how far it is scrolled, in CSS pixels. */
  width = $state(0)
  height = $state(0)
  top = $state(0)

  readonly layout = $derived.by(() =>
    layOut({
      wall: 'cells',
      total: this.pages.total ?? 0,
      sections: [],
      size: preferences.thumbSize * sizeOnBoard,
      width: this.width,
      height: this.height,
      aspects: () => undefined,
    }),
  )

  /** The first and the last index of the cells that there are. */
  readonly stretch = $derived.by(() => {
    const { first, last } = visibleRows(this.layout, this.top, this.height)
    return last < first ? { first: 0, last: -1 } : indexesOf(this.layout, first, last)
  })

  constructor(client: Client, view: PhotoQuery, status: Status | null) {
    this.status = status
    this.pages = new PhotoPages(client, { ...view, filter: { ...view.filter, status: status?.id ?? 'none' } })
  }

  /** Sees to it that the photos of these cells are loaded. */
  load() {
    this.pages.want('board', this.stretch.first, Math.max(0, this.stretch.last))
  }
}

/** Where a photo is on the board. */
export interface Place {
  column: number
  index: number
}

interface Needs {
  client: Client
  photoActions: Pick<PhotoActions, 'mark'>
  viewState: Pick<ViewState, 'openPhoto'>
}

/**
 * The photos of a view in columns by their statuses. What is selected is selected of the view, so that whatever is done to photos
 * is done to these.
 */
export class Board {
  readonly columns: readonly BoardColumn[]
  readonly #needs: Needs
  readonly #view: PhotoView
  #cursor = $state.raw<Place | null>(null)
  #anchor: Place | null = null
  /** A refresh runs, or is about to; what comes meanwhile is read after it. */
  #refreshing = false
  #stale = false

  constructor(needs: Needs, view: PhotoView, statuses: readonly Status[]) {
    const { query } = view.pages
    const asked = query.filter?.status
    this.#needs = needs
    this.#view = view
    this.columns = [null, ...statuses]
      .filter((status) => asked === undefined || asked === (status?.id ?? 'none'))
      .map((status) => new BoardColumn(needs.client, query, status))
    // An answer may be of a part of the albums at first.
    for (const { pages } of this.columns) pages.onpartial = () => void this.refresh()
  }

  get cursor() {
    return this.#cursor
  }

  get selection() {
    return this.#view.selection
  }

  at({ column, index }: Place): PhotoSummary | undefined {
    return this.columns[column]?.pages.at(index)
  }

  isSelected(place: Place): boolean {
    const photo = this.at(place)
    return photo !== undefined && this.selection.has(photo)
  }

  /** Selects one photo alone and puts the cursor there. */
  select(place: Place) {
    const photo = this.at(place)
    this.#moveTo(place)
    this.#anchor = place
    if (photo) this.selection.set([refOf(photo)])
  }

  toggle(place: Place) {
    const photo = this.at(place)
    if (!photo) return
    this.#moveTo(place)
    this.#anchor = place
    const [refs, ref] = [this.selection.refs(), refOf(photo)]
    this.selection.set(refs.includes(ref) ? refs.filter((other) => other !== ref) : [...refs, ref])
  }

  /** Selects everything of a column from where the selection began to here. */
  async extend(place: Place) {
    const anchor = this.#anchor?.column === place.column ? this.#anchor : place
    this.#anchor = anchor
    this.#moveTo(place)
    const [first, last] = [Math.min(anchor.index, place.index), Math.max(anchor.index, place.index)]
    const refs = await this.columns[place.column]?.pages.refs(first, last)
    if (refs) this.selection.set(refs)
  }

  /** Gives photos the status of a column. */
  give(column: number, refs: string[]) {
    const to = this.columns[column]
    return to ? this.#needs.photoActions.mark('status', to.status?.id ?? null, refs) : Promise.resolve()
  }

  /** Gives the selected photos the status of the column beside that of the cursor: 1 the next one, -1 the one before. */
  shift(by: 1 | -1) {
    const from = this.#cursor?.column
    const refs = this.selection.refs()
    return from === undefined || refs.length === 0 ? Promise.resolve() : this.give(from + by, refs)
  }

  /** Shows a photo large, among those of the view. */
  async open(place: Place) {
    const photo = this.at(place)
    const index = photo ? await this.#view.pages.find(photo.id) : -1
    if (index >= 0) this.#needs.viewState.openPhoto(index)
  }

  /** Something has changed: reads again what is seen of all columns, once for all that comes in quick succession. */
  async refresh() {
    this.#stale = true
    if (this.#refreshing) return
    this.#refreshing = true
    while (this.#stale) {
      await new Promise((resolve) => setTimeout(resolve, settleMs))
      this.#stale = false
      await Promise.all(this.columns.map(({ pages }) => pages.refresh(() => undefined)))
      this.#settle()
    }
    this.#refreshing = false
  }

  #moveTo(place: Place) {
    this.#cursor = place
    const photo = this.at(place)
    if (photo) this.selection.pointAt(photo)
  }

  /** The cursor follows its photo, into another column too; where that has gone, another one takes its place. */
  #settle() {
    const { photo } = this.selection
    if (!this.#cursor || !photo) return
    const indexes = this.columns.map(({ pages }) => pages.indexOf(refOf(photo)))
    const column = indexes.findIndex((index) => index >= 0)
    const { column: old, index } = this.#cursor
    const last = (this.columns[old]?.pages.total ?? 0) - 1
    if (column >= 0) this.#moveTo({ column, index: indexes[column] ?? 0 })
    else this.#cursor = last < 0 ? null : { column: old, index: Math.min(index, last) }
  }
}

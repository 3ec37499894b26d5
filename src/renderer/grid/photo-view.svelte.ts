import type { PhotoQuery } from '../../shared/schemas/photo.ts'
import type { Client } from '../api/client.ts'
import { PhotoPages } from './photo-pages.svelte.ts'
import { Selection } from './selection.svelte.ts'
import { ViewTimeline } from './view-timeline.svelte.ts'

/** The photo at the upper edge of what is seen, and how far above the edge it begins, in parts of a row. */
export interface Anchor {
  ref: string | undefined
  index: number
  part: number
}

/** A view with its photos, its selection and its scroll position: it is found again as it was left. */
export class PhotoView {
  readonly pages: PhotoPages
  readonly selection: Selection
  readonly timeline: ViewTimeline
  /** Null at the very top, which stays the top when photos come. */
  anchor = $state.raw<Anchor | null>(null)

  constructor(client: Client, query: PhotoQuery) {
    this.pages = new PhotoPages(client, query)
    this.selection = new Selection(this.pages)
    this.timeline = new ViewTimeline(client, query)
    this.pages.onpartial = () => void this.refresh()
  }

  /** Photos, as `album/photo`, that have left the view while it was not shown. */
  drop(refs: ReadonlySet<string>) {
    this.pages.drop(refs)
    this.selection.drop(refs)
  }

  async refresh() {
    await this.pages.refresh(() => this.selection.settle())
  }
}

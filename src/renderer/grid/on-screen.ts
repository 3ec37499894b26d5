import { indexesOf } from './layout/grid-layout.ts'
import type { GridScroller } from './grid-scroller.svelte.ts'
import type { PhotoView } from './photo-view.svelte.ts'

/** Whom the photos on screen are told to, while it takes photos in. */
interface Importer {
  isWorking: boolean
  prefer: (photos: string[]) => void
}

/** Has the photos on screen read before all others. */
export class OnScreen {
  readonly #importer: Importer
  #told = ''

  constructor(importer: Importer) {
    this.#importer = importer
  }

  /** Tells which photos are on screen, once for as long as they stay the same. Not while it moves: they are others in a moment. */
  tell(
    gridScroller: Pick<GridScroller, 'moving' | 'first' | 'last' | 'layout'>,
    { pages }: Pick<PhotoView, 'pages'>,
  ) {
    if (!this.#importer.isWorking || gridScroller.moving) return
    if (gridScroller.layout.rows === 0) return
    const { first, last } = indexesOf(gridScroller.layout, gridScroller.first, gridScroller.last)
    const photos: string[] = []
    for (let index = first; index <= last; index++) {
      const photo = pages.at(index)
      if (photo) photos.push(photo.id)
    }
    const told = photos.join()
    if (told === this.#told) return
    this.#told = told
    this.#importer.prefer(photos)
  }
}

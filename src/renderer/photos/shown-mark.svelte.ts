import type { MarkField } from './photo-changes.ts'

/** What a photo, `album/photo`, was marked with: a value as the gallery keeps it, null where it was taken away. */
export interface Mark {
  ref: string
  field: MarkField
  value: string | null
  /** What a status is called. */
  words?: string | undefined
}

/** What was marked last, to be seen on the picture for a moment. */
export class ShownMark {
  #now = $state.raw<Mark | null>(null)

  get now() {
    return this.#now
  }

  show(mark: Mark) {
    this.#now = mark
  }

  hide = () => {
    this.#now = null
  }
}

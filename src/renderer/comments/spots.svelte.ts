import type { Comment, Spot } from '../../shared/schemas/comment.ts'

/** A comment on a spot, with the number that it has in its thread. */
interface SpotMark {
  number: number
  spot: Spot
  text: string
}

/**
 * The spots of the photo whose thread is shown, which the viewer draws on it, and the one that is being chosen for a new comment.
 * The panel and the viewer have nothing else in common.
 */
class Spots {
  /** `album/photo`; empty where no thread is shown. */
  #photo = $state('')
  #marks = $state.raw<SpotMark[]>([])
  #chosen = $state.raw<Spot | null>(null)
  #isChoosing = $state(false)

  get chosen() {
    return this.#chosen
  }

  /** Marks of a photo, and whether a spot on it is being chosen. */
  of(photo: string): { marks: SpotMark[]; chosen: Spot | null; isChoosing: boolean } {
    if (photo !== this.#photo) return { marks: [], chosen: null, isChoosing: false }
    return { marks: this.#marks, chosen: this.#chosen, isChoosing: this.#isChoosing }
  }

  show(photo: string, comments: Comment[]) {
    if (photo !== this.#photo) this.choose(null)
    this.#photo = photo
    this.#marks = spotMarks(comments)
  }

  hide() {
    this.choose(null)
    this.#photo = ''
    this.#marks = []
  }

  /** The next click on the photo says where. */
  ask() {
    this.#isChoosing = true
  }

  choose(spot: Spot | null) {
    this.#chosen = spot
    this.#isChoosing = false
  }
}

/** The comments of a thread that are on spots, numbered from 1 among themselves. */
const spotMarks = (comments: Comment[]): SpotMark[] =>
  comments
    .flatMap(({ spot, text }) => (spot ? [{ spot, text }] : []))
    .map((mark, i) => ({ ...mark, number: i + 1 }))

export const spots = new Spots()

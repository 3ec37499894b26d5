/** In which order a slideshow goes through so many photos, from the one at `first` on: as they stand, or each once by chance. */
export class SlideOrder {
  readonly total: number
  readonly #random: () => number
  readonly #shuffled: boolean
  /** What stands at places of the row that is drawn from, where it is not the photo of that index. */
  readonly #row = new Map<number, number>()
  #drawn = 0
  #next: number | null

  constructor(total: number, first: number, shuffled: boolean, random: () => number = Math.random) {
    this.total = total
    this.#random = random
    this.#shuffled = shuffled
    if (shuffled) this.#draw(first)
    this.#next = shuffled ? this.#choose() : null
  }

  /** The photo after the one at an index; null where that was the last. */
  after(index: number): number | null {
    if (this.#shuffled) return this.#next
    return index + 1 < this.total ? index + 1 : null
  }

  /** The photo after it has been reached. */
  reach() {
    if (this.#shuffled) this.#next = this.#choose()
  }

  #choose(): number | null {
    const left = this.total - this.#drawn
    return left > 0 ? this.#draw(this.#drawn + Math.floor(this.#random() * left)) : null
  }

  /** Takes what stands at a place, and puts the first of what is left there: of a million photos only those that were seen are kept. */
  #draw(place: number): number {
    const index = this.#row.get(place) ?? place
    this.#row.set(place, this.#row.get(this.#drawn) ?? this.#drawn)
    this.#drawn++
    return index
  }
}

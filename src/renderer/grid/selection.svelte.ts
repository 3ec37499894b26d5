import { SvelteSet } from 'svelte/reactivity'
import { refOf } from '../../shared/domain/refs.ts'
import type { PhotoSummary } from '../../shared/schemas/photo.ts'
import type { PhotoPages } from './photo-pages.svelte.ts'

/** So far from its old index a photo is looked for after others came or went. */
const maxSearchDistance = 5000

/** Events remembered of a view until it is read again; after more, every selected photo is in question. */
const maxDoubts = 100

/** Which photos of a view are selected, as `album/photo`, and where the cursor of the keyboard stands. */
export class Selection {
  readonly #pages: PhotoPages
  #refs = $state.raw(new SvelteSet<string>())
  /** Index of the cursor; -1 before there is one. */
  #cursor = $state(-1)
  /** The photo at the cursor as it was seen last: by it the cursor's index is found again. */
  #kept = $state.raw<PhotoSummary>()
  #anchor = -1
  /** Ranges are asked for: only the answer to the last question counts. */
  #question = 0
  /** What may have left the view since it was read: selected photos of it are asked for once it is read again. */
  #doubts: ((ref: string) => boolean)[] = []

  constructor(pages: PhotoPages) {
    this.#pages = pages
  }

  get cursor() {
    return this.#cursor
  }

  /** The photo at the cursor; undefined where there is none or it is on its way. */
  get photo(): PhotoSummary | undefined {
    const here = this.#pages.at(this.#cursor)
    return this.#kept && (!here || refOf(here) !== refOf(this.#kept)) ? this.#kept : here
  }

  get size() {
    return this.#refs.size
  }

  has(photo: PhotoSummary) {
    return this.#refs.has(refOf(photo))
  }

  /** Selects one photo alone and puts the cursor there. */
  select(index: number) {
    this.moveTo(index)
    this.#anchor = this.#cursor
    const photo = this.#pages.at(this.#cursor)
    this.set(photo ? [refOf(photo)] : [])
    if (!photo && this.#cursor >= 0) void this.#replace(this.#cursor, this.#cursor)
  }

  /** Goes to a photo to look at it: a selection of several stays as it is, that of one goes along. */
  visit(index: number) {
    if (this.size > 1) this.moveTo(index)
    else this.select(index)
  }

  toggle(index: number) {
    const photo = this.#pages.at(index)
    if (!photo) return
    this.moveTo(index)
    this.#anchor = index
    if (!this.#refs.delete(refOf(photo))) this.#refs.add(refOf(photo))
  }

  /** Selects everything from where the selection began to here. */
  async extend(index: number) {
    if (this.#anchor < 0) this.#anchor = Math.max(0, this.#cursor)
    this.moveTo(index)
    await this.#replace(Math.min(this.#anchor, this.#cursor), Math.max(this.#anchor, this.#cursor))
  }

  async all() {
    const total = this.#pages.total ?? 0
    if (total > 0) await this.#replace(0, total - 1)
  }

  /** Selects exactly these, as a marquee does while it moves. */
  set(refs: Iterable<string>) {
    this.#question++
    this.#refs = new SvelteSet(refs)
  }

  /** Selects the photos at these indexes, loaded or not, along with some others. */
  async pick(indexes: number[], others: string[]) {
    const [first, last] = [indexes[0], indexes.at(-1)]
    if (first === undefined || last === undefined) {
      this.set(others)
      return
    }
    await this.#replace(first, last, (refs) => [
      ...others,
      ...indexes.flatMap((index) => refs[index - first] ?? []),
    ])
  }

  clear() {
    this.set([])
  }

  /** Photos that have left the view are not acted on, not even before it is read again. */
  drop(refs: ReadonlySet<string>) {
    for (const ref of refs) this.#refs.delete(ref)
    if (this.#kept && refs.has(refOf(this.#kept))) this.#kept = undefined
  }

  /**
   * Something has happened to photos: those of the selection may have left the view. That of the moment when the view has been
   * read again counts, as more may be selected until then from what is on screen still.
   */
  doubt(isInQuestion: (ref: string) => boolean) {
    if (this.#doubts.length < maxDoubts) this.#doubts.push(isInQuestion)
    else this.#doubts = [() => true]
  }

  refs(): string[] {
    return [...this.#refs]
  }

  moveTo(index: number) {
    const last = (this.#pages.total ?? 0) - 1
    this.#cursor = Math.min(Math.max(index, 0), last)
    this.#kept = this.#pages.at(this.#cursor)
  }

  /** The cursor is at a photo that is seen elsewhere than in the order of the view, as on a board. */
  pointAt(photo: PhotoSummary) {
    this.#cursor = -1
    this.#kept = photo
  }

  /** Finds the cursor's photo again after photos came or went, and lets go of what went. */
  settle() {
    void this.#release()
    if (this.#cursor < 0) return
    if (!this.#kept) {
      this.moveTo(this.#cursor)
      return
    }
    const ref = refOf(this.#kept)
    const at = this.#pages.indexOf(ref)
    if (at < 0) void this.#search(ref)
    else this.#follow(at)
  }

  #follow(at: number) {
    if (this.#anchor >= 0) this.#anchor = Math.max(0, this.#anchor + at - this.#cursor)
    this.#cursor = at
  }

  /** Looks for the cursor's photo beyond what is loaded; if it has gone, its neighbour takes its place. */
  async #search(ref: string) {
    const first = Math.max(0, this.#cursor - maxSearchDistance)
    const last = Math.min((this.#pages.total ?? 1) - 1, this.#cursor + maxSearchDistance)
    try {
      const at = (await this.#pages.refs(first, last)).indexOf(ref)
      if (!this.#kept || refOf(this.#kept) !== ref) return
      if (at >= 0) this.#follow(first + at)
      else this.moveTo(this.#cursor)
    } catch {
      // the gallery is away: the next refresh settles the cursor
    }
  }

  /** Nothing is done to what left the view, as by another session: it is not selected any more. */
  async #release() {
    const doubts = this.#doubts
    this.#doubts = []
    if (!this.refs().some((ref) => doubts.some((isInQuestion) => isInQuestion(ref)))) return
    const unseen = this.#pages.unloaded(this.#refs)
    if (unseen.length === 0) return
    try {
      const last = (this.#pages.total ?? 0) - 1
      // eslint-disable-next-line svelte/prefer-svelte-reactivity -- asked within this call only
      const there = new Set(last < 0 ? [] : await this.#pages.refs(0, last))
      for (const ref of unseen) if (!there.has(ref)) this.#refs.delete(ref)
    } catch {
      this.#doubts = [() => true] // the gallery is away: the next refresh lets go of them
    }
  }

  async #replace(first: number, last: number, choose = (refs: string[]) => refs) {
    const question = ++this.#question
    try {
      const refs = await this.#pages.refs(first, last)
      if (question === this.#question) this.#refs = new SvelteSet(choose(refs))
    } catch {
      // the gallery is away, which the window says elsewhere: the selection stays as it was
    }
  }
}

import { SvelteMap } from 'svelte/reactivity'
import { foldTag } from '../../shared/domain/tags.ts'
import type { Client } from '../api/client.ts'
import type { PhotoActions } from '../photos/photo-actions.svelte.ts'

/** Photos asked about at once, which is what the contract allows. */
const maxPhotosRead = 20_000

type State = 'all' | 'some' | 'none'

interface Row {
  tag: string
  /** How many of the photos carry it. */
  count: number
  state: State
}

interface Needs {
  client: Client
  photoActions: PhotoActions
}

/** The tags of some photos while the user changes them: nothing is done before they are saved. */
export class TagEditing {
  readonly #needs: Needs
  readonly #refs: string[]
  readonly #known = new SvelteMap<string, { tag: string; count: number }>()
  /** What the user wants, by tag, folded. */
  readonly #wanted = new SvelteMap<string, State>()
  #loaded = $state(false)

  constructor(needs: Needs, refs: string[]) {
    this.#needs = needs
    this.#refs = refs
  }

  get loaded() {
    return this.#loaded
  }

  get changed() {
    return this.#wanted.size > 0
  }

  get rows(): Row[] {
    return [...this.#known].map(([folded, { tag, count }]) => ({
      tag,
      count,
      state: this.#wanted.get(folded) ?? this.#before(folded),
    }))
  }

  async read() {
    for (let start = 0; start < this.#refs.length; start += maxPhotosRead) {
      const photos = this.#refs.slice(start, start + maxPhotosRead)
      for (const { tag, photos: count } of await this.#needs.client.tags.ofPhotos({ photos })) {
        const folded = foldTag(tag)
        this.#known.set(folded, { tag, count: count + (this.#known.get(folded)?.count ?? 0) })
      }
    }
    this.#loaded = true
  }

  /** Gives tags to all photos. */
  add(tags: string[]) {
    for (const tag of tags) {
      const folded = foldTag(tag)
      if (!this.#known.has(folded)) this.#known.set(folded, { tag, count: 0 })
      this.#want(folded, 'all')
    }
  }

  /** From some to all, to none, and back to some, where only some had it. */
  toggle(tag: string) {
    const folded = foldTag(tag)
    const now = this.#wanted.get(folded) ?? this.#before(folded)
    const partly = this.#before(folded) === 'some'
    this.#want(folded, now === 'some' ? 'all' : now === 'all' ? 'none' : partly ? 'some' : 'all')
  }

  /** What all photos are to have that some lack. */
  get given(): string[] {
    return this.#to('all')
  }

  async save() {
    if (this.changed) await this.#needs.photoActions.tag(this.#refs, this.given, this.#to('none'))
  }

  #to(state: State): string[] {
    return [...this.#wanted].flatMap(([folded, wanted]) =>
      wanted === state ? [this.#known.get(folded)?.tag ?? folded] : [],
    )
  }

  #before(folded: string): State {
    const count = this.#known.get(folded)?.count ?? 0
    return count === 0 ? 'none' : count >= this.#refs.length ? 'all' : 'some'
  }

  #want(folded: string, state: State) {
    if (state === this.#before(folded)) this.#wanted.delete(folded)
    else this.#wanted.set(folded, state)
  }
}

import type { DuplicateGroup } from '../../shared/schemas/duplicates.ts'
import { refOf } from '../../shared/domain/refs.ts'
import { SvelteSet } from 'svelte/reactivity'
import type { Client } from '../api/client.ts'

/** Once the slider stands still for so long, the gallery is asked. */
const askDebounceMs = 250

interface Needs {
  client: Client
  /** The album in which is looked; null: all that the user may read. */
  album: string | null
  mayChange: (album: string) => boolean
}

/** Photos of which one is enough, and which of them the user will keep. */
export class DuplicatesState {
  kind = $state<'same' | 'alike'>('same')
  threshold = $state(0.2)
  groups = $state.raw<DuplicateGroup[]>([])
  looked = $state(0)
  total = $state(0)
  busy = $state(true)
  failed = $state(false)
  /** What leaves, as refs. */
  readonly #leaving = new SvelteSet<string>()
  #asked = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #needs: Needs

  constructor(needs: Needs) {
    this.#needs = needs
  }

  get leaving(): string[] {
    return [...this.#leaving]
  }

  isLeaving(photo: { id: string; album: string }) {
    return this.#leaving.has(refOf(photo))
  }

  mayLeave({ album }: { album: string }) {
    return this.#needs.mayChange(album)
  }

  choose(kind: 'same' | 'alike') {
    this.kind = kind
    void this.ask()
  }

  widen(threshold: number) {
    this.threshold = threshold
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.ask(), askDebounceMs)
  }

  /** Keeps a photo that was to leave, or the other way round. */
  toggle(photo: { id: string; album: string }) {
    if (!this.#leaving.delete(refOf(photo))) this.#leaving.add(refOf(photo))
  }

  /** Asks the gallery; an answer that another question has overtaken is dropped. */
  async ask() {
    const turn = ++this.#asked
    this.busy = true
    this.failed = false
    const threshold = this.kind === 'alike' ? this.threshold : null
    const { client, album } = this.#needs
    try {
      const found = await client.photos.duplicates({ album, threshold })
      if (turn === this.#asked) this.#take(found)
    } catch {
      if (turn === this.#asked) this.failed = true
    } finally {
      if (turn === this.#asked) this.busy = false
    }
  }

  #take({ groups, looked, total }: { groups: DuplicateGroup[]; looked: number; total: number }) {
    Object.assign(this, { groups, looked, total })
    const others = groups.flatMap(({ photos }) => photos.slice(1)).filter((photo) => this.mayLeave(photo))
    this.#leaving.clear()
    for (const photo of others) this.#leaving.add(refOf(photo))
  }
}

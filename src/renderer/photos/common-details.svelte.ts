import { chunksOf } from '../../shared/domain/chunks.ts'
import { inCommon } from '../../shared/domain/common-details.ts'
import type { SharedDetails } from '../../shared/schemas/photo.ts'
import type { Client } from '../api/client.ts'

/** Photos asked about at once, which is what the contract allows. */
const maxPhotosRead = 20_000
/** A selection that grows under a marquee is asked about once it rests, in milliseconds. */
const restMs = 120

interface Known extends SharedDetails {
  /** The photos that it was asked about, `album/photo` each: what is edited is theirs, whatever is selected by then. */
  refs: string[]
}

/** What some photos have in common. What was known before stays until the new answer is there. */
export class CommonDetails {
  readonly #client: Client
  #known = $state.raw<Known | null>(null)
  #question = new AbortController()

  constructor(client: Client) {
    this.#client = client
  }

  get known() {
    return this.#known
  }

  /** Asks about photos, at once or when they stay the same for a moment; the answers to questions before are dropped. */
  ask(refs: string[]) {
    this.#question.abort()
    const { signal } = (this.#question = new AbortController())
    const wait = setTimeout(() => void this.#read(refs, signal), this.#known ? restMs : 0)
    signal.addEventListener('abort', () => clearTimeout(wait))
  }

  /** Nobody wants to know any more. */
  close() {
    this.#question.abort()
  }

  async #read(refs: string[], signal: AbortSignal) {
    const parts: SharedDetails[] = []
    try {
      for (const photos of chunksOf(refs, maxPhotosRead))
        parts.push(await this.#client.photos.common({ photos }, { signal }))
      if (!signal.aborted) this.#known = { ...inCommon(parts), refs }
    } catch {
      if (!signal.aborted) this.#known = null // the gallery is away, which the window says elsewhere
    }
  }
}

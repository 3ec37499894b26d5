import type { FoundInComments } from '../../shared/schemas/comment.ts'
import type { Client } from '../api/client.ts'

/** Typing rests for so long before comments are looked through, in milliseconds. */
const restMs = 150

/** What the words in the search box are found in of what was said, as far as it was asked. */
export class FoundComments {
  readonly #client: Pick<Client, 'comments'>
  #found = $state.raw<(FoundInComments & { text: string }) | null>(null)
  #asking: ReturnType<typeof setTimeout> | undefined
  #text = ''

  constructor(client: Pick<Client, 'comments'>) {
    this.#client = client
  }

  /** What was found for a text; null where that is not known yet. */
  of(text: string): FoundInComments | null {
    return this.#found?.text === text ? this.#found : null
  }

  ask(text: string) {
    clearTimeout(this.#asking)
    this.#text = text
    if (text !== '') this.#asking = setTimeout(() => void this.#read(text), restMs)
  }

  /** Without it there are other suggestions still. */
  async #read(text: string) {
    const found = await this.#client.comments.search({ album: null, text }).catch(() => null)
    if (found && text === this.#text) this.#found = { ...found, text }
  }
}

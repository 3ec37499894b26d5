import type { Comment } from '../../shared/schemas/comment.ts'
import type { Client } from '../api/client.ts'

/** What a thread is about: a photo, or an album (`photo` null). */
export interface Subject {
  album: string
  photo: string | null
}

/** What was said of one photo or album at a time. */
export class Thread {
  readonly #client: Client
  #comments = $state.raw<Comment[]>([])
  #asked = ''
  #turn = 0

  constructor(client: Client) {
    this.#client = client
  }

  get comments() {
    return this.#comments
  }

  /** Asks anew; the answers to questions before are dropped. Where the gallery refuses, there is nothing to show. */
  async ask({ album, photo }: Subject): Promise<void> {
    const turn = ++this.#turn
    const subject = `${album}/${photo ?? ''}`
    if (subject !== this.#asked) this.#comments = [] // of another photo
    this.#asked = subject
    const comments = await this.#client.comments.list({ album, photo }).catch(() => [])
    if (turn === this.#turn) this.#comments = comments
  }
}

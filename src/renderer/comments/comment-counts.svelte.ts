import { createContext } from 'svelte'
import { SvelteMap } from 'svelte/reactivity'
import type { CommentCount } from '../../shared/schemas/comment.ts'
import type { Client } from '../api/client.ts'

/** Comments of a photo, and those among them that the user has not been shown. */
export type Count = Pick<CommentCount, 'comments' | 'unread'>

const none: Count = { comments: 0, unread: 0 }

/** How many comments the photos have, by albums: asked for once a photo of an album is seen, and again when something is said there. */
export class CommentCounts {
  readonly #client: Client
  readonly #mayRead: () => boolean
  readonly #albums = new SvelteMap<string, ReadonlyMap<string, Count>>()
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing is drawn by what was asked for
  readonly #asked = new Set<string>()

  /** `mayRead`: guests and links see no comments. */
  constructor(client: Client, mayRead: () => boolean) {
    this.#client = client
    this.#mayRead = mayRead
  }

  of({ album, id }: { album: string; id: string }): Count {
    return this.#albums.get(album)?.get(id) ?? none
  }

  /** Asks for the counts of an album that were not asked for. */
  want(album: string): void {
    if (this.#asked.has(album) || !this.#mayRead()) return
    this.#asked.add(album)
    void this.#read(album)
  }

  /** Something was said in an album; null: it may have been in any. */
  hear(album: string | null): void {
    const stale = [...this.#asked].filter((id) => album === null || id === album)
    if (!this.#mayRead()) this.forget()
    else for (const id of stale) void this.#read(id)
  }

  /** Another account sees others. */
  forget(): void {
    this.#asked.clear()
    this.#albums.clear()
  }

  async #read(album: string) {
    try {
      const counts = await this.#client.comments.counts({ album })
      const known = counts.flatMap(({ photo, comments, unread }): [string, Count][] =>
        photo === null ? [] : [[photo, { comments, unread }]],
      )
      if (known.length > 0 || this.#albums.has(album)) {
        // eslint-disable-next-line svelte/prefer-svelte-reactivity -- it is replaced whole
        this.#albums.set(album, new Map(known))
      }
    } catch {
      this.#albums.delete(album)
      this.#asked.delete(album)
    }
  }
}

export const [getCommentCounts, setCommentCounts] = createContext<CommentCounts>()

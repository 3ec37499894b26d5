import { createContext } from 'svelte'
import type { AlbumsState } from '../albums/albums-state.svelte.ts'
import type { SessionState } from '../auth/session-state.svelte.ts'

interface Needs {
  albumsState: Pick<AlbumsState, 'shown'>
  sessionState: Pick<SessionState, 'session'>
}

/** A file or folder that was dropped, or a file where the browser tells of no folders. */
export type Dropped = FileSystemEntry | File

/** What the first page knows of uploads: for which album their panel is open. All else comes with the panel. */
export class Uploads {
  readonly #needs: Needs
  #isWelcomed = false
  #album = $state.raw<string | null>(null)
  #dropped = $state.raw<{ album: string; files: Dropped[] } | null>(null)

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /** The album that the panel is open for; null where it is closed. */
  get album() {
    return this.#album
  }

  /** What was dropped last, and for which album. */
  get dropped() {
    return this.#dropped
  }

  /** The album on the screen, if the caller may send files to it; null otherwise. The server decides. */
  get target(): string | null {
    const { albumsState, sessionState } = this.#needs
    const { session } = sessionState
    const album = albumsState.shown
    return session?.uploads && album && (session.share || album.right === 'modify') ? album.id : null
  }

  /** Whether files may be sent to albums at all, by who may modify them. */
  get isOffered(): boolean {
    const { session } = this.#needs.sessionState
    return session?.uploads === true && !session.share
  }

  /** Opens the panel for the album on the screen, or another one, with what was dropped there. */
  open(files: Dropped[] = [], album = this.target ?? this.#album) {
    this.#album = album
    this.#dropped = album === null || files.length === 0 ? null : { album, files }
  }

  /** Whoever comes by a link that takes photos is shown where, once. */
  welcome() {
    if (this.#isWelcomed || !this.#needs.sessionState.session?.share || this.target === null) return
    this.#isWelcomed = true
    this.open()
  }

  close = () => {
    this.#album = null
  }
}

export const [getUploads, setUploads] = createContext<Uploads>()

import type { Gallery } from '../core/gallery/gallery.ts'
import type { Session } from '../core/gallery/session.ts'
import { GalleryError } from '../shared/errors.ts'

/** How long a session that was opened for one act is kept for the next, in milliseconds. */
const keptMs = 60_000

/**
 * What a server does to accounts when somebody logs in by a provider. Its own session may be that of a service account, which may not: then
 * one of the user who starts the server is opened for it, and closed again.
 */
export class Administration {
  readonly #gallery: Pick<Gallery, 'selfAgain'>
  /** The session that is open anyway and may do it; null where none is. */
  readonly #standing: Session | null
  #opened: Promise<Session> | null = null
  #timer: NodeJS.Timeout | undefined

  constructor(gallery: Pick<Gallery, 'selfAgain'>, self: Session, steward: Session | null) {
    this.#gallery = gallery
    this.#standing = steward ?? (self.identity.administrator ? self : null)
  }

  /** The acts are the gallery's own in the record. INVALID where the user who starts the server is no administrator. */
  async act<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const session = this.#standing ?? (await this.#open())
    return work({ ...session, account: 'cimaise' })
  }

  async #open(): Promise<Session> {
    clearTimeout(this.#timer)
    this.#opened ??= this.#gallery.selfAgain()
    const session = await this.#opened.catch((error: unknown) => {
      this.#opened = null
      throw error
    })
    this.#timer = setTimeout(() => this.close(), keptMs).unref()
    if (session.identity.administrator) return session
    this.close()
    throw new GalleryError('INVALID', 'providerNeedsAdministrator')
  }

  close() {
    clearTimeout(this.#timer)
    void this.#opened?.then(({ redis }) => redis.disconnect()).catch(() => undefined)
    this.#opened = null
  }
}

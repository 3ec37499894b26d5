import { join } from 'node:path'
import { DraggedCopies } from '../core/library/export/dragged-copies.ts'
import { openLibrary } from '../core/library/watched-library.ts'
import { createDecoder, type Decoder } from '../core/library/decode/pool.ts'
import type { Library } from '../core/library/library.ts'
import type { Gallery } from '../core/gallery/gallery.ts'
import type { Text } from '../shared/i18n/text.ts'
import { noOriginals } from '../core/photos/originals.ts'
import { isStranger, type Session } from '../core/gallery/session.ts'
import { keepPeople } from '../core/access/requests.ts'
import { keepResponsive } from '../core/redis/end-busy.ts'
import { readForAll } from '../core/photos/shared-reader.ts'
import { keptPlace } from '../core/photos/kept-indexes.ts'
import { warmIndexes } from '../core/photos/warm-index.ts'
import { keepTrash } from '../core/photos/trash.ts'
import { findHost, firstSession, type Host } from './entering.ts'
import { Keychain } from './keychain.ts'
import { openAtStart, openOwn } from './place/open-gallery.ts'

/** Everything that stands behind the window. The account in it may change while it is open. */
export class DesktopSession {
  #gallery: Gallery
  #keychain: Keychain
  /** Converts originals for the viewer. */
  readonly decoder: Decoder = createDecoder()
  /** What is made to be dragged to other programs. */
  readonly copies: DraggedCopies
  /** Calls back when another account has entered the window, or it was locked or left to the guest. */
  onenter: () => void = () => undefined
  #session: Session
  #library: Library | null = null
  /**
   * The session that follows the folders of this computer, and what was taken in: it stays while other accounts are in the
   * window.
   */
  #host: Host | null = null
  #locked: string | null = null
  #refused: Text | null
  #leave: () => void = () => undefined

  constructor(gallery: Gallery, guest: Session, refused: Text | null) {
    this.#gallery = gallery
    this.#refused = refused
    this.#session = guest
    this.#keychain = new Keychain(gallery.id)
    this.copies = new DraggedCopies(join(gallery.home.path, 'dragged'))
  }

  get gallery() {
    return this.#gallery
  }
  get keychain() {
    return this.#keychain
  }

  get session() {
    return this.#session
  }
  /** The folders of this computer; null for guests, and for all but the account that they are followed as. */
  get library() {
    return this.#library
  }
  /** The originals on this computer, for the account that is in the window. */
  get originals() {
    return this.#host?.originals ?? noOriginals
  }
  /** The account that has locked the window; its password opens it. */
  get locked() {
    return this.#locked
  }

  /** Why the window does not show the gallery that it starts in. */
  get refused() {
    return this.#refused
  }

  /** An account enters the window; the one before is logged out. */
  async enter(session: Session, locked: string | null = null) {
    const before = this.#session
    await this.#empty()
    this.#session = session
    this.#locked = locked
    if (!isStranger(session)) await this.#settle(session)
    await this.#seeToOriginals(session)
    const stays = before === this.#host?.session
    if (before !== session && !before.guest && !stays) before.redis.disconnect()
    this.onenter()
  }

  /** The window shows what guests see. */
  enterAsGuest = async (locked: string | null = null) => this.enter(await this.gallery.guest(), locked)

  async #settle(session: Session) {
    // A gallery that cannot be looked after just now can be looked at all the same.
    await this.gallery.administer(session).catch((error: unknown) => console.error(error))
    readForAll(session)
    const feeder = this.keychain.feederOr(session.account)
    if (feeder === session.account) {
      this.#library = await openLibrary(session, this.gallery.home, { watch: true })
      this.#beHost({ session, originals: this.#library.originals })
    }
    const ends = [
      keepTrash(session),
      keepPeople(session),
      keepResponsive(session.redis, console.error),
      warmIndexes(session, { place: keptPlace(this.gallery) }).stop,
    ]
    const ended = () => void this.enterAsGuest()
    session.ended.addEventListener('abort', ended, { once: true })
    this.#leave = () => {
      session.ended.removeEventListener('abort', ended)
      for (const end of ends) end()
    }
  }

  /** The feeder's session goes on answering for the originals; that of an administrator who stood in does not. */
  async #seeToOriginals(session: Session) {
    const { feeder } = this.keychain.kept
    if (feeder !== null && this.#host?.session.account !== feeder)
      this.#beHost(await findHost(this, session, feeder))
  }

  /** Another session answers for the originals; the one before is closed, unless it is still in the window. */
  #beHost(host: Host | null) {
    const before = this.#host?.session
    this.#host = host
    if (before && before !== host?.session && before !== this.#session) before.redis.disconnect()
    host?.session.ended.addEventListener(
      'abort',
      () => {
        if (this.#host === host) this.#host = null
      },
      { once: true },
    )
  }

  async #empty() {
    this.#leave()
    this.#leave = () => undefined
    const library = this.#library
    this.#library = null
    await library?.close()
  }

  /**
   * Closes the gallery, does something to its data folder, and opens what is there then. The window is loaded anew, whether or
   * not the work failed; what it threw is thrown.
   */
  async whileClosed(work: () => Promise<void>) {
    await this.#empty()
    await this.#gallery.close()
    try {
      await work()
    } finally {
      const gallery = await openOwn()
      await this.moveTo(gallery, await firstSession(gallery, new Keychain(gallery.id)))
    }
  }

  /** The window shows another gallery, which is open, as a session in it; the one before is closed. It is loaded anew. */
  async moveTo(gallery: Gallery, session: Session) {
    const before = this.#gallery
    await this.#empty()
    this.#gallery = gallery
    this.#refused = null
    this.#keychain = new Keychain(gallery.id)
    this.#host = null
    this.#session = await gallery.guest()
    await before.close()
    await this.enter(session)
  }

  /** Closes everything. The embedded Redis stops if this was its last user. */
  async close() {
    await Promise.allSettled([this.#empty(), this.decoder.close()])
    await this.copies.clear().catch(() => undefined) // the next start tries again
    await this.gallery.close()
  }
}

/** Opens the gallery as the user of this computer, with its folders followed. Nothing stays open if that fails. */
export const openDesktopSession = async (): Promise<DesktopSession> => {
  const { gallery, refused } = await openAtStart()
  try {
    const desktopSession = new DesktopSession(gallery, await gallery.guest(), refused)
    await desktopSession.enter(await firstSession(gallery, desktopSession.keychain))
    return desktopSession
  } catch (error) {
    await gallery.close()
    throw error
  }
}

/** Closes what openDesktopSession opened. */
export const closeDesktopSession = (desktopSession: DesktopSession): Promise<void> => desktopSession.close()

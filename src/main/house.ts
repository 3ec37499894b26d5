import { GalleryError } from '../shared/errors.ts'
import { openLibrary } from '../core/library/open.ts'
import { createDecoder, type Decoder } from '../core/library/pool.ts'
import type { Library } from '../core/library/library.ts'
import { openGallery, type Gallery } from '../core/open.ts'
import type { Session } from '../core/session.ts'
import { keepPeople } from '../core/people/requests.ts'
import { keepTrash } from '../core/trash.ts'
import { Keychain } from './keychain.ts'

const openOptions = { watchSettings: true, shell: 'desktop' } as const

/** Everything that stands behind the window. Who is in it may change while it is open. */
export class House {
  #gallery: Gallery
  #keychain: Keychain
  /** Converts originals for the viewer. */
  readonly decoder: Decoder = createDecoder()
  /** Calls back when somebody else is in the house, or nobody any more. */
  onenter: () => void = () => undefined
  #session: Session
  #library: Library | null = null
  #locked: string | null = null
  #leave: () => void = () => undefined

  constructor(gallery: Gallery, guest: Session) {
    this.#gallery = gallery
    this.#session = guest
    this.#keychain = new Keychain(gallery.id)
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
  /** The account that has locked the window; its password opens it. */
  get locked() {
    return this.#locked
  }

  /** Somebody comes in; whoever was in before is logged out. */
  async enter(session: Session, locked: string | null = null) {
    const before = this.#session
    await this.#empty()
    this.#session = session
    this.#locked = locked
    if (!session.guest) await this.#settle(session)
    if (before !== session && !before.guest) before.redis.disconnect()
    this.onenter()
  }

  /** The window shows what guests see. */
  enterAsGuest = async (locked: string | null = null) => this.enter(await this.gallery.guest(), locked)

  async #settle(session: Session) {
    const follows = this.keychain.feederOr(session.account) === session.account
    if (follows) this.#library = await openLibrary(session, this.gallery.home, { watch: true })
    const ends = [keepTrash(session), keepPeople(session)]
    const ended = () => void this.enterAsGuest()
    session.ended.addEventListener('abort', ended, { once: true })
    this.#leave = () => {
      session.ended.removeEventListener('abort', ended)
      for (const end of ends) end()
    }
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
      this.#gallery = await openGallery(openOptions)
      this.#keychain = new Keychain(this.#gallery.id)
      this.#session = await this.#gallery.guest()
      await this.enter(await first(this.#gallery, this.#keychain))
    }
  }

  /** Closes everything. The embedded Redis stops if this was its last user. */
  async close() {
    await Promise.allSettled([this.#empty(), this.decoder.close()])
    await this.gallery.close()
  }
}

/** Who is in the house at first: whoever the environment names, whoever was in it last, its owner, or a guest. */
const first = async (gallery: Gallery, keychain: Keychain): Promise<Session> => {
  const { account } = keychain.kept
  if (account !== null && !process.env['CIMAISE_ACCOUNT']) {
    const key = await keychain.keyOf(account)
    return key === null ? gallery.guest() : gallery.login(account, key).catch(() => gallery.guest())
  }
  try {
    return await gallery.self()
  } catch (error) {
    // Somebody else's gallery, in which this computer's owner has no account: there is a login for that.
    const stranger = error instanceof GalleryError && error.code === 'FORBIDDEN'
    if (!stranger || process.env['CIMAISE_ACCOUNT']) throw error
    return gallery.guest()
  }
}

/** Opens the gallery as the person at this computer, with its folders followed. Nothing stays open if that fails. */
export const openHouse = async (): Promise<House> => {
  const gallery = await openGallery(openOptions)
  try {
    const house = new House(gallery, await gallery.guest())
    await house.enter(await first(gallery, house.keychain))
    return house
  } catch (error) {
    await gallery.close()
    throw error
  }
}

/** Closes what openHouse opened. */
export const closeHouse = (house: House): Promise<void> => house.close()

import { createContext } from 'svelte'
import type { SessionInfo } from '../../shared/schemas/gallery.ts'

/** Whose window this is, and what the account may do. Redis decides; this tells what to offer. */
export class SessionState {
  #session = $state.raw<SessionInfo | null>(null)
  #locked = $state<string | null>(null)

  /** Null until the gallery has answered for the first time. */
  get session() {
    return this.#session
  }
  get administrator() {
    return this.#session?.administrator === true
  }
  /** Whether nobody knows who it is: a guest, or whoever has a share link. */
  get isStranger() {
    return this.#session?.guest === true || this.#session?.share === true
  }
  /** Whether it is known who it is. */
  get hasAccount() {
    return this.#session !== null && !this.isStranger
  }
  /** Whose password the user of this window knows: also before it opens anything. Empty for guests. */
  get ownAccount() {
    return this.#session?.settingUp ?? this.#session?.account ?? ''
  }
  /** The account that has locked the window: nothing is to be done in it until its password is given. */
  get locked() {
    return this.#locked
  }
  /** The one rule for everything that makes an album: the button, menus, keys and the dialog for moving. */
  get canCreateAlbums() {
    return this.#session?.canCreateAlbums === true
  }

  lock(account: string | null) {
    this.#locked = account
  }

  /** Takes what the gallery says; true where it is another account than before. */
  take(session: SessionInfo): boolean {
    const before = this.#session
    this.#session = session
    return before !== null && before.account !== session.account
  }
}

export const [getSessionState, setSessionState] = createContext<SessionState>()

import { createContext } from 'svelte'
import { messageOf } from '../../api/client.ts'
import { t } from '../../i18n/index.ts'

/** What the window has said. */
export interface Said {
  text: string
  /** Milliseconds since 1970. */
  at: number
  failed: boolean
}

/** So many are kept, of a few hundred bytes each. */
const maxSaid = 100

/**
 * What went wrong, told to the user until it is dismissed; it and all else that was said can be read again while the window is open.
 * The methods may be handed on by themselves.
 */
export class Notices {
  #notice = $state<string | null>(null)
  /** The last one first. */
  #said = $state.raw<Said[]>([])
  #unread = $state(0)
  #told = $state(0)

  /** What went wrong last. */
  get notice() {
    return this.#notice
  }

  /** What was said, the last one first. */
  get said() {
    return this.#said
  }

  /** How many failures were told since all was read last, and how much of what the gallery tells is not read. */
  get unread() {
    return this.#unread + this.#told
  }

  /** How much of what the gallery tells is not read. */
  hasTold(unread: number) {
    this.#told = unread
  }

  readonly complain = (message: string) => {
    this.#notice = message
    this.remember(message, true)
  }

  /** Keeps what was said elsewhere, to be read again. */
  remember(text: string, failed = false) {
    this.#said = [{ text, at: Date.now(), failed }, ...this.#said].slice(0, maxSaid)
    if (failed) this.#unread++
  }

  markRead() {
    this.#unread = 0
    this.#told = 0
  }

  forget() {
    this.#notice = null
    this.#said = []
    this.#unread = 0
  }

  readonly dismiss = () => {
    this.#notice = null
  }

  /** Does something that may fail, and says so where it does. Null where it failed. */
  readonly attempt = async <T>(work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work()
    } catch (error) {
      this.complain(messageOf(error) ?? t('somethingWrong'))
      return null
    }
  }
}

/** How a room tells what went wrong. */
export type Notify = Pick<Notices, 'attempt' | 'complain'>

export const [getNotices, setNotices] = createContext<Notices>()

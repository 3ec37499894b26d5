import { createContext } from 'svelte'
import { messageOf } from '../../api/client.ts'
import { t } from '../../i18n/index.ts'

/** What went wrong, told to the user until it is dismissed. The methods may be handed on by themselves. */
export class Notices {
  #notice = $state<string | null>(null)

  /** What went wrong last. */
  get notice() {
    return this.#notice
  }

  readonly complain = (message: string) => {
    this.#notice = message
  }

  readonly dismiss = () => {
    this.#notice = null
  }

  /** Does something that may fail, and says so where it does. Null where it failed. */
  readonly attempt = async <T>(work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work()
    } catch (error) {
      this.#notice = messageOf(error) ?? t('somethingWrong')
      return null
    }
  }
}

/** How a room tells what went wrong. */
export type Notify = Pick<Notices, 'attempt' | 'complain'>

export const [getNotices, setNotices] = createContext<Notices>()

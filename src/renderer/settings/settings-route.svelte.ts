import { createContext } from 'svelte'
export type Section =
  | 'general'
  | 'looking'
  | 'library'
  | 'about'
  | 'people'
  | 'groups'
  | 'rights'
  | 'albums'
  | 'links'
  | 'logins'
  | 'sessions'
  | 'record'
  | 'statuses'
  | 'map'
  | 'uploads'
  | 'backup'
  | 'redis'
  | 'mail'
  | 'notices'
  | 'me'

/** What others than administrators are shown too. */
export const ofEverybody: readonly Section[] = [
  'general',
  'looking',
  'me',
  'notices',
  'library',
  'redis',
  'about',
]

/** What the settings pane shows: a section, and in it perhaps one account, group, album or setting. */
export class SettingsRoute {
  #section = $state<Section | null>(null)
  #item = $state<string | null>(null)
  /** Where the pane was left. */
  #last: Section = 'general'

  /** Null while the photos are shown. */
  get section() {
    return this.#section
  }
  get item() {
    return this.#item
  }

  show(section: Section, item: string | null = null) {
    this.#section = section
    this.#last = section
    this.#item = item
  }

  /** Opens the pane where it was left. */
  reopen() {
    this.show(this.#last)
  }

  /** Closes what only administrators are shown, and forgets that it was there. */
  leave() {
    if (this.#section !== null && !ofEverybody.includes(this.#section)) this.close()
    if (!ofEverybody.includes(this.#last)) this.#last = 'general'
  }

  /** One step back: from an account to the list, from there to the photos. */
  back = () => {
    if (this.#item !== null) this.#item = null
    else this.#section = null
  }

  close = () => {
    this.#section = null
    this.#item = null
  }
}

export const [getSettingsRoute, setSettingsRoute] = createContext<SettingsRoute>()

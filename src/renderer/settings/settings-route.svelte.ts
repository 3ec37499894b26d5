import { createContext } from 'svelte'
export type Section =
  'people' | 'groups' | 'rights' | 'albums' | 'links' | 'sessions' | 'record' | 'backup' | 'redis' | 'me'

/** What the settings pane shows: a section, and in it perhaps one account, group or album. */
export class SettingsRoute {
  #section = $state<Section | null>(null)
  #item = $state<string | null>(null)

  /** Null while the photos are shown. */
  get section() {
    return this.#section
  }
  get item() {
    return this.#item
  }

  show(section: Section, item: string | null = null) {
    this.#section = section
    this.#item = item
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

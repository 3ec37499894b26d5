import { forward } from '../../i18n/forward.ts'
import { createContext } from 'svelte'
import type { Status } from '../../../shared/schemas/status.ts'

export interface MenuItem {
  label: string
  /** How it is done by keyboard, as people know it. */
  keys?: string
  disabled?: boolean
  /** It is one of several choices, and this is how it stands. */
  checked?: boolean
  /** It is a choice for itself, which is turned on and off. */
  toggles?: boolean
  /** What it looks like in a row of choices. */
  icon?: 'star' | 'pick' | 'reject' | undefined
  /** The name of a label, whose dot it is in a row of choices. */
  dot?: string | undefined
  /** The colour of a status, whose ring it is in a row of choices, or before its words; null: of none. */
  ring?: Status['colour'] | null | undefined
  /** Removes something: told apart by its colour. */
  grave?: boolean
  run: () => void
}

/** Choices side by side in one row of a menu: stars, labels. Of stars, those up to the checked one are lit. */
export interface MenuRow {
  label: string
  choices: MenuItem[]
}

/** Entries behind one: they take the place of the menu that it is in, and lead back to it. */
export interface MenuGroup {
  label: string
  items: MenuEntry[]
}

/** What a menu has below each other: an item, a row of choices, a group, or a line. */
export type MenuEntry = MenuItem | MenuRow | MenuGroup | null

interface OpenMenu {
  items: MenuEntry[]
  x: number
  y: number
  label: string
}

/** The one menu that is open over the window. */
export class Menus {
  #now = $state.raw<OpenMenu | null>(null)
  #groups = $state.raw<readonly MenuGroup[]>([])

  get now() {
    return this.#now
  }

  /** The group that was entered last; null in the menu itself. */
  get group() {
    return this.#groups.at(-1) ?? null
  }

  /** What is seen of the menu. */
  get items(): readonly MenuEntry[] {
    return this.group?.items ?? this.#now?.items ?? []
  }

  /** Opens a menu where the pointer is, or below the element that the keyboard is on. */
  open(event: MouseEvent | KeyboardEvent, label: string, items: MenuEntry[]) {
    event.preventDefault()
    event.stopPropagation()
    const { left, right, bottom } = (event.currentTarget as Element).getBoundingClientRect()
    const pointed = event instanceof MouseEvent && (event.clientX > 0 || event.clientY > 0)
    const [x, y] = pointed ? [event.clientX, event.clientY] : [forward === 1 ? left + 12 : right - 12, bottom]
    this.#now = { items, x, y, label }
    this.#groups = []
  }

  enter(group: MenuGroup) {
    this.#groups = [...this.#groups, group]
  }

  /** Back from the group that was entered last, which is the answer. */
  leave(): MenuGroup | null {
    const { group } = this
    this.#groups = this.#groups.slice(0, -1)
    return group
  }

  close = () => {
    this.#now = null
    this.#groups = []
  }
}

export const [getMenus, setMenus] = createContext<Menus>()

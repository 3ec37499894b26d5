import { createContext } from 'svelte'
export interface MenuItem {
  label: string
  /** How it is done by keyboard, as people know it. */
  keys?: string
  disabled?: boolean
  /** It is one of several choices, and this is how it stands. */
  checked?: boolean
  /** Removes something: told apart by its colour. */
  grave?: boolean
  run: () => void
}

interface OpenMenu {
  items: (MenuItem | null)[]
  x: number
  y: number
  label: string
}

/** The one menu that is open over the window; `null` among its items is a line. */
export class Menus {
  #now = $state.raw<OpenMenu | null>(null)

  get now() {
    return this.#now
  }

  /** Opens a menu where the pointer is, or below the element that the keyboard is on. */
  open(event: MouseEvent | KeyboardEvent, label: string, items: (MenuItem | null)[]) {
    event.preventDefault()
    event.stopPropagation()
    const { left, bottom } = (event.currentTarget as Element).getBoundingClientRect()
    const pointed = event instanceof MouseEvent && (event.clientX > 0 || event.clientY > 0)
    const [x, y] = pointed ? [event.clientX, event.clientY] : [left + 12, bottom]
    this.#now = { items, x, y, label }
  }

  close = () => {
    this.#now = null
  }
}

export const [getMenus, setMenus] = createContext<Menus>()

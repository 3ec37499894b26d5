import { flushSync } from 'svelte'
import { isNarrow } from '../ui/media.ts'
import { preferences } from './preferences.svelte.ts'

/** Whether the sidebar is seen where it has no room beside the photos: there it is a drawer that lies over them. */
export class SidebarDrawer {
  #open = $state(false)
  /** What had the focus before: it has it again afterwards. */
  #opener: HTMLElement | null = null
  #panel: HTMLElement | undefined

  /** The sidebar is a drawer: the window is narrow, or the user wants it so. */
  get isDrawer() {
    return isNarrow.current || !preferences.sidebar
  }

  /** The drawer is open, over the photos. */
  get isOpen() {
    return this.isDrawer && this.#open
  }

  /** The element that is the drawer, as an attachment of it. */
  attach = (panel: HTMLElement) => {
    this.#panel = panel
  }

  /** Opens it, with the keyboard in it. */
  enter() {
    this.open()
    this.#panel?.focus()
  }

  open() {
    if (!this.isDrawer || this.#open) return
    this.#opener = document.activeElement instanceof HTMLElement ? document.activeElement : null
    this.#change(true)
  }

  close() {
    if (!this.#open) return
    this.#change(false)
    this.#opener?.focus()
    this.#opener = null
  }

  /** At once, so that what is chosen in the drawer finds the focus where it shall come back to. */
  #change(open: boolean) {
    flushSync(() => (this.#open = open))
  }
}

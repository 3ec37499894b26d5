import type { GalleryState } from '../app/app-state.svelte.ts'

/** After so many milliseconds the menu is asked again that could not be reached. */
const retryDelayMs = 2000

const isText = (element: Element | null) => element?.matches('input, textarea') === true

const obey = (what: 'undo' | 'redo', { history }: GalleryState) => {
  // There is no other way to undo in a text field than this one, which every engine keeps.
  if (isText(document.activeElement)) document.execCommand(what)
  else void history[what]()
}

/** Does what the menu of the desktop app asks for, and tells it what undo and redo would do. */
export class MenuCommands {
  readonly #gallery: GalleryState

  constructor(gallery: GalleryState) {
    this.#gallery = gallery
  }

  /** Follows the menu until the way to stop, which it returns, is taken. */
  start() {
    if (!window.desktop) return () => undefined
    const stop = new AbortController()
    void this.#follow(stop.signal)
    return () => stop.abort()
  }

  /** Names the acts; to be run whenever they change. */
  name() {
    const { history, client } = this.#gallery
    const names = { undo: history.undoName, redo: history.redoName }
    if (window.desktop) client.desktop.nameActs(names).catch(() => undefined) // the next act names itself
  }

  async #follow(signal: AbortSignal) {
    while (!signal.aborted) {
      try {
        for await (const what of await this.#gallery.client.desktop.commands(undefined, { signal }))
          obey(what, this.#gallery)
      } catch {
        // the cure is to ask again
      }
      if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, retryDelayMs))
    }
  }
}

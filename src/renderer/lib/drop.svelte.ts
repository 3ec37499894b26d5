/** Folders that are dragged from the desktop over the window. Only the desktop shell can tell where they are. */
export class FolderDrop {
  readonly #ondrop: (folders: string[]) => void
  #hovers = $state(false)

  constructor(ondrop: (folders: string[]) => void) {
    this.#ondrop = ondrop
  }

  /** Something that may be dropped is over the window. */
  get hovers() {
    return this.#hovers
  }

  over = (event: DragEvent) => {
    event.preventDefault() // without it the window would open what is dropped
    if (!event.dataTransfer) return
    const files = event.dataTransfer.types.includes('Files') && window.desktop !== undefined
    event.dataTransfer.dropEffect = files ? 'copy' : 'none'
    this.#hovers = files
  }

  leave = (event: DragEvent) => {
    if (event.relatedTarget === null) this.#hovers = false
  }

  take = (event: DragEvent) => {
    event.preventDefault()
    this.#hovers = false
    const { desktop } = window
    const files = [...(event.dataTransfer?.files ?? [])]
    if (desktop && files.length > 0)
      this.#ondrop(files.map((file) => desktop.pathForFile(file)).filter(Boolean))
  }
}

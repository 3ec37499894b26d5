/** Where dropped files and folders are on the disk. Only the desktop shell can tell. */
export const pathsOf = (event: DragEvent): string[] => {
  const { desktop } = window
  const files = [...(event.dataTransfer?.files ?? [])]
  return desktop ? files.map((file) => desktop.pathForFile(file)).filter(Boolean) : []
}

/** Folders that are dragged from the desktop over the window. */
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
    const paths = pathsOf(event)
    if (paths.length > 0) this.#ondrop(paths)
  }
}

import type { Uploads } from '../uploads/uploads.svelte.ts'

/** Where dropped files and folders are on the disk. Only the desktop shell can tell. */
export const pathsOf = (event: DragEvent): string[] => {
  const { desktop } = window
  const files = [...(event.dataTransfer?.files ?? [])]
  return desktop ? files.map((file) => desktop.pathForFile(file)).filter(Boolean) : []
}

interface DropNeeds {
  /** Takes folders of this computer, in the desktop shell. */
  add: (folders: string[]) => void
  /** Takes what is dropped in a browser, where it can be sent. */
  uploads: Pick<Uploads, 'target' | 'open'>
}

/** Folders that are dragged from the desktop over the window. */
export class FolderDrop {
  readonly #needs: DropNeeds
  #hovers = $state(false)

  constructor(needs: DropNeeds) {
    this.#needs = needs
  }

  /** Something that may be dropped is over the window. */
  get hovers() {
    return this.#hovers
  }

  over = (event: DragEvent) => {
    event.preventDefault() // without it the window would open what is dropped
    if (!event.dataTransfer) return
    const mayDrop = window.desktop !== undefined || this.#needs.uploads.target !== null
    const files = event.dataTransfer.types.includes('Files') && mayDrop
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
    if (paths.length > 0) this.#needs.add(paths)
    if (window.desktop || !this.#needs.uploads.target) return
    // They are to be asked for while the event lasts. What is dropped may be no file.
    const items = [...(event.dataTransfer?.items ?? [])].filter(({ kind }) => kind !== 'string')
    this.#needs.uploads.open(items.flatMap((item) => item.webkitGetAsEntry() ?? item.getAsFile() ?? []))
  }
}

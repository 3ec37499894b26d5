import type { PhotoDrag } from '../ui/drag/photo-drag.svelte.ts'
import type { Dropped, Uploads } from '../uploads/uploads.svelte.ts'

/** Where dropped files and folders are on the disk. Only the desktop shell can tell. */
export const pathsOf = (event: DragEvent): string[] => {
  const { desktop } = window
  const files = [...(event.dataTransfer?.files ?? [])]
  return desktop ? files.map((file) => desktop.pathForFile(file)).filter(Boolean) : []
}

/** Files and folders that were dropped in a browser. They are to be asked for while the event lasts; what is dropped may be no file. */
export const filesIn = (event: DragEvent): Dropped[] =>
  [...(event.dataTransfer?.items ?? [])]
    .filter(({ kind }) => kind !== 'string')
    .flatMap((item) => item.webkitGetAsEntry() ?? item.getAsFile() ?? [])

interface DropNeeds {
  /** Takes folders of this computer, in the desktop shell. */
  add: (folders: string[]) => void
  /** Asks where a folder of this computer is to be copied to. */
  copy: (folder: string) => void
  /** Takes what is dropped in a browser, where it can be sent. */
  uploads: Pick<Uploads, 'target' | 'open'>
  photoDrag: Pick<PhotoDrag, 'dragged' | 'end'>
}

/** What becomes of a folder that is dropped: it is followed where it lies, or its photos are copied. */
type Zone = 'follow' | 'copy'

/** The half of the window where lines begin is to follow, the other to copy. */
const zoneAt = ({ clientX, dataTransfer }: DragEvent): Zone => {
  const isLater = clientX > window.innerWidth / 2 !== (document.documentElement.dir === 'rtl')
  return isLater && dataTransfer?.items.length === 1 ? 'copy' : 'follow'
}

/** Folders that are dragged from the desktop over the window. */
export class FolderDrop {
  readonly #needs: DropNeeds
  #hovers = $state(false)
  #zone = $state.raw<Zone>('follow')
  #single = $state(false)

  constructor(needs: DropNeeds) {
    this.#needs = needs
  }

  /** Something that may be dropped is over the window. */
  get hovers() {
    return this.#hovers
  }

  /** What would become of it where it is now. */
  get zone() {
    return this.#zone
  }

  /** It is one thing alone, which may be copied instead. */
  get single() {
    return this.#single
  }

  over = (event: DragEvent) => {
    event.preventDefault() // without it the window would open what is dropped
    if (!event.dataTransfer) return
    const { photoDrag, uploads } = this.#needs
    const mayDrop = !photoDrag.dragged && (window.desktop !== undefined || uploads.target !== null)
    const files = event.dataTransfer.types.includes('Files') && mayDrop
    event.dataTransfer.dropEffect = files ? 'copy' : 'none'
    this.#hovers = files
    this.#zone = zoneAt(event)
    this.#single = event.dataTransfer.items.length === 1
  }

  /** What takes files itself, as an album of the tree, says so itself. */
  enter = (event: DragEvent) => {
    if (event.target instanceof Element && event.target.closest('[role=treeitem]')) this.#hovers = false
  }

  leave = (event: DragEvent) => {
    if (event.relatedTarget === null) this.#hovers = false
  }

  take = (event: DragEvent) => {
    event.preventDefault()
    this.#hovers = false
    const { dragged } = this.#needs.photoDrag
    this.#needs.photoDrag.end()
    if (dragged) return // files of photos that were dragged out of this very window
    const paths = pathsOf(event)
    const [first] = paths
    if (first !== undefined && zoneAt(event) === 'copy') this.#needs.copy(first)
    else if (first !== undefined) this.#needs.add(paths)
    if (window.desktop || !this.#needs.uploads.target) return
    this.#needs.uploads.open(filesIn(event))
  }
}

import { createContext } from 'svelte'

/** What photos that are dragged are called among the kinds of things that can be dragged. */
const photosType = 'application/x-cimaise-photos'

/** Photos that are being dragged. */
export class PhotoDrag {
  #dragged = $state.raw<string[] | null>(null)
  readonly #dragOut: ((refs: string[], sized: boolean) => unknown) | null

  /** @param dragOut - Has the system drag the originals of photos, or copies; null where no page may ask that of it. */
  constructor(dragOut: ((refs: string[], sized: boolean) => unknown) | null = null) {
    this.#dragOut = dragOut
  }

  /** `album/photo` of what is being dragged; null while nothing is. */
  get dragged() {
    return this.#dragged
  }

  /**
   * Begins a drag: what follows the pointer is a small stack of the first pictures, with their number. With Alt held it is their files
   * that are dragged, which other programs take; with Shift too, smaller copies of them.
   */
  start(event: DragEvent, refs: string[], pictures: HTMLImageElement[]) {
    if (event.altKey && this.#dragOut) {
      this.dragOut(event, refs)
      return
    }
    if (!event.dataTransfer) return
    this.#dragged = refs
    event.dataTransfer.effectAllowed = 'copyMove'
    event.dataTransfer.setData(photosType, JSON.stringify(refs))
    const stack = drawStack(refs.length, pictures)
    document.body.append(stack)
    event.dataTransfer.setDragImage(stack, 24, 24)
    // The system takes its copy of the stack in this very moment, and needs it no longer.
    setTimeout(() => stack.remove())
  }

  /** Begins a drag by touch, which no system follows: what it looks like is for the caller to move. */
  hold(refs: string[], pictures: HTMLImageElement[]): HTMLElement {
    this.#dragged = refs
    return drawStack(refs.length, pictures)
  }

  /** Leaves a drag to the system, which takes the files of photos to other programs. In this window they stay the photos that they are. */
  dragOut(event: DragEvent, refs: string[], sized = event.shiftKey) {
    event.preventDefault()
    this.#dragged = refs
    this.#dragOut?.(refs, sized)
  }

  end() {
    this.#dragged = null
  }
}

/** Has the cursor say what a drop would do. What the system drags may be copied alone, also where it is photos of this window. */
export const showEffect = ({ dataTransfer }: DragEvent, effect: 'move' | 'copy' | 'none') => {
  if (!dataTransfer) return
  const isFiles = dataTransfer.types.includes('Files')
  dataTransfer.dropEffect = effect === 'move' && isFiles ? 'copy' : effect
}

export const [getPhotoDrag, setPhotoDrag] = createContext<PhotoDrag>()

const drawStack = (count: number, pictures: HTMLImageElement[]): HTMLElement => {
  const stack = document.createElement('div')
  stack.className = 'drag-stack'
  for (const picture of pictures.slice(0, 3).reverse()) {
    const copy = document.createElement('img')
    copy.src = picture.currentSrc
    stack.append(copy)
  }
  const badge = document.createElement('span')
  badge.textContent = String(count)
  stack.append(badge)
  return stack
}

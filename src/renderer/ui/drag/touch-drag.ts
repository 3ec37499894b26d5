import type { PhotoDrag } from './photo-drag.svelte.ts'

/** A finger that rests so long holds what it is on, in milliseconds. */
export const fingerHoldMs = 450
/** A finger that moves further than this does not rest, in CSS pixels. */
export const fingerRestPx = 10

interface Point {
  clientX: number
  clientY: number
}

/**
 * A drag by touch. Browsers tell of drags only where a mouse makes them: what a finger is over hears of this one by the same
 * events, so that whatever takes photos from a mouse takes them from a finger.
 */
export class TouchDrag {
  readonly #photoDrag: PhotoDrag
  readonly #stack: HTMLElement
  readonly #data = new DataTransfer()
  #over: Element | null = null

  constructor(photoDrag: PhotoDrag, refs: string[], pictures: HTMLImageElement[], at: Point) {
    this.#photoDrag = photoDrag
    this.#stack = photoDrag.hold(refs, pictures)
    this.#stack.classList.add('by-touch')
    document.body.append(this.#stack)
    this.move(at)
  }

  /** Follows the finger. */
  move(at: Point) {
    this.#stack.style.transform = `translate(${at.clientX}px, ${at.clientY}px)`
    const over = document.elementFromPoint(at.clientX, at.clientY)
    if (this.#over !== over) this.#tell(this.#over, 'dragleave', at, over)
    this.#over = over
    this.#tell(over, 'dragover', at)
  }

  /** Drops what is dragged where the finger is. */
  drop(at: Point) {
    this.#tell(this.#over, 'drop', at)
    this.end()
  }

  /** Ends without a drop. */
  end() {
    this.#stack.remove()
    this.#photoDrag.end()
  }

  #tell(element: Element | null, type: string, at: Point, relatedTarget: Element | null = null) {
    const { clientX, clientY } = at
    const more = { bubbles: true, cancelable: true, dataTransfer: this.#data, relatedTarget }
    element?.dispatchEvent(new DragEvent(type, { clientX, clientY, ...more }))
  }
}

/** A finger begins to drag what is selected below an element, which hears of the finger from then on. */
export const dragSelected = (
  photoDrag: PhotoDrag,
  refs: string[],
  { element, at }: { element: HTMLElement; at: Point },
): TouchDrag => {
  const pictures = [...element.querySelectorAll<HTMLImageElement>('[aria-selected=true] img')]
  return new TouchDrag(photoDrag, refs, pictures, at)
}

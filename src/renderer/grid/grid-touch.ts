import { refOf } from '../../shared/domain/refs.ts'
import type { PhotoDrag } from '../ui/drag/photo-drag.svelte.ts'
import { dragSelected, fingerHoldMs, fingerRestPx, type TouchDrag } from '../ui/drag/touch-drag.ts'
import type { GridScroller } from './grid-scroller.svelte.ts'
import { indexNear } from './layout/grid-layout.ts'
import { beyondEdges, placeIn } from './marquee.svelte.ts'
import type { PhotoView } from './photo-view.svelte.ts'
import type { ViewState } from './view-state.svelte.ts'

interface Needs {
  gridScroller: GridScroller
  photoDrag: PhotoDrag
  viewState: Pick<ViewState, 'openPhoto' | 'pick' | 'picking'>
}

/** A finger on the grid: first it rests, then it selects a range or drags what is selected. */
interface Finger {
  id: number
  index: number
  scroller: HTMLElement
  at: { clientX: number; clientY: number }
  timer: ReturnType<typeof setTimeout> | undefined
  /** What was selected before, once the finger selects a range. */
  others: string[] | null
  drag: TouchDrag | null
}

const indexOfCell = (event: Event) => {
  const cell = (event.target as Element).closest<HTMLElement>('[data-index]')
  return cell ? Number(cell.dataset['index']) : null
}

/** What a finger does in the grid: a tap opens, one that rests selects, and then drags a range, or what is selected. */
export class GridTouch {
  readonly #needs: Needs
  readonly #view: PhotoView
  #finger: Finger | null = null
  /** The last press was by touch: so are the click, the menu and the drag that may follow. */
  #touches = false

  constructor(needs: Needs, view: PhotoView) {
    this.#needs = needs
    this.#view = view
  }

  /** The last press was by touch. */
  get touches() {
    return this.#touches
  }

  /**
   * The browser scrolls by a finger, unless that selects or drags; and what a tap does is done when the finger goes, so that the
   * click which browsers make of it, or not, cannot hit what has just been opened. For the grid's element, as an attachment.
   */
  readonly attach = (scroller: HTMLElement) => {
    const onmove = (event: TouchEvent) => {
      if (this.#isBusy && event.cancelable) event.preventDefault()
    }
    const onend = (event: TouchEvent) => {
      if (event.cancelable) event.preventDefault()
    }
    scroller.addEventListener('touchmove', onmove, { passive: false })
    scroller.addEventListener('touchend', onend, { passive: false })
    return () => {
      scroller.removeEventListener('touchmove', onmove)
      scroller.removeEventListener('touchend', onend)
      this.#end()
    }
  }

  /** True where the press is one of a finger. */
  press = (event: PointerEvent): boolean => {
    this.#touches = event.pointerType === 'touch'
    if (!this.#touches) return false
    const index = indexOfCell(event)
    const isSecond = this.#finger !== null
    this.#end()
    if (index === null || isSecond || this.#needs.gridScroller.isFlung) return true
    const { pointerId: id, clientX, clientY } = event
    const scroller = event.currentTarget as HTMLElement
    const timer = setTimeout(() => this.#hold(), fingerHoldMs)
    this.#finger = { id, index, scroller, at: { clientX, clientY }, timer, others: null, drag: null }
    return true
  }

  move = (event: PointerEvent) => {
    const finger = this.#finger
    if (finger?.id !== event.pointerId) return
    const { clientX, clientY } = event
    const far = Math.hypot(clientX - finger.at.clientX, clientY - finger.at.clientY) > fingerRestPx
    if (!this.#isBusy) {
      if (far) this.#end()
      return
    }
    finger.at = { clientX, clientY }
    if (finger.drag) finger.drag.move(event)
    else this.#extend(finger)
  }

  lift = (event: PointerEvent) => {
    const finger = this.#finger
    if (finger?.id !== event.pointerId) return
    const wasBusy = this.#isBusy
    finger.drag?.drop(event)
    finger.drag = null
    this.#end()
    if (!wasBusy) this.#tap(finger.index)
  }

  cancel = () => this.#end()

  /** A tap opens a photo, or selects it, or no longer. */
  #tap(index: number) {
    const { viewState } = this.#needs
    const { selection } = this.#view
    if (!viewState.picking) {
      viewState.openPhoto(index, true)
      return
    }
    selection.toggle(index)
    if (selection.size === 0) viewState.pick(false)
  }

  get #isBusy() {
    return this.#finger !== null && (this.#finger.others !== null || this.#finger.drag !== null)
  }

  /** The finger has rested: it selects, or holds what is selected. */
  #hold() {
    const finger = this.#finger
    if (!finger) return
    const { viewState, photoDrag } = this.#needs
    const { selection, pages } = this.#view
    const photo = pages.at(finger.index)
    if (!photo) return
    if ('vibrate' in navigator) navigator.vibrate(10)
    finger.scroller.setPointerCapture(finger.id)
    if (viewState.picking && selection.has(photo)) {
      finger.drag = dragSelected(photoDrag, selection.refs(), { element: finger.scroller, at: finger.at })
      return
    }
    finger.others = viewState.picking ? selection.refs() : []
    viewState.pick(true)
    selection.moveTo(finger.index)
    selection.set([...finger.others, refOf(photo)])
    this.#scroll(finger)
  }

  /** Selects from where the finger rested to where it is. */
  #extend(finger: Finger) {
    const { x, y } = placeIn(finger.scroller, this.#needs.gridScroller, finger.at)
    const to = indexNear(this.#needs.gridScroller.layout, x, y)
    if (to === null || finger.others === null) return
    const [first, last] = [Math.min(finger.index, to), Math.max(finger.index, to)]
    const indexes = Array.from({ length: last - first + 1 }, (_, n) => first + n)
    void this.#view.selection.pick(indexes, finger.others)
  }

  /** The grid scrolls under a finger that is near its upper or lower edge. */
  #scroll(finger: Finger) {
    if (this.#finger !== finger) return
    const beyond = beyondEdges(finger.scroller, finger.at.clientY)
    if (beyond !== 0) {
      finger.scroller.scrollTop += beyond / 2
      this.#extend(finger)
    }
    requestAnimationFrame(() => this.#scroll(finger))
  }

  #end() {
    clearTimeout(this.#finger?.timer)
    this.#finger?.drag?.end()
    this.#finger = null
  }
}

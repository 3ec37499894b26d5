import type { CommandRegistry } from '../commands/registry.ts'
import type { Menus } from '../ui/menus/menus.svelte.ts'
import type { PhotoDrag } from '../ui/drag/photo-drag.svelte.ts'
import { t } from '../i18n/index.ts'
import type { GridScroller } from './grid-scroller.svelte.ts'
import type { Marquee } from './marquee.svelte.ts'
import type { PhotoView } from './photo-view.svelte.ts'
import type { ViewState } from './view-state.svelte.ts'

interface Needs {
  commands: Pick<CommandRegistry, 'photoMenu'>
  gridScroller: GridScroller
  marquee: Marquee
  menus: Pick<Menus, 'open'>
  photoDrag: Pick<PhotoDrag, 'start'>
  viewState: Pick<ViewState, 'openPhoto'>
}

const gridOf = (event: Event) => event.currentTarget as HTMLElement

/** The index of the cell that an event is in; null beside the cells. */
const indexOfCell = (event: Event) => {
  const cell = (event.target as Element).closest<HTMLElement>('[data-index]')
  return cell ? Number(cell.dataset['index']) : null
}

const isOnPicture = (event: Event) => (event.target as Element).closest('.picture') !== null

const adds = (event: MouseEvent) => event.ctrlKey || event.metaKey

const isOnScrollBar = (event: PointerEvent) =>
  event.target === event.currentTarget && (event.offsetX < 0 || event.offsetX >= gridOf(event).clientWidth)

/** What the pointer does in the grid: each method listens to one event of the grid's element. */
export class GridPointer {
  readonly #needs: Needs
  readonly #view: PhotoView

  constructor(needs: Needs, view: PhotoView) {
    this.#needs = needs
    this.#view = view
  }

  /** Selects, or begins a marquee where no picture is pressed, which may be dragged itself. */
  press = (event: PointerEvent) => {
    if (event.button !== 0 || isOnScrollBar(event)) return
    const { selection } = this.#view
    const index = indexOfCell(event)
    if (index !== null && event.shiftKey) return void selection.extend(index)
    if (index !== null && adds(event)) {
      selection.toggle(index)
      return
    }
    // A selection that is pressed may be about to be dragged: only a click takes it apart.
    if (index !== null && !this.#isSelected(index)) selection.select(index)
    if (!isOnPicture(event)) this.#drawMarquee(event, index)
  }

  click = (event: MouseEvent) => {
    const { selection } = this.#view
    const index = indexOfCell(event)
    if (index === null || event.shiftKey || adds(event) || selection.size < 2) return
    if (isOnPicture(event)) selection.select(index)
  }

  open = (event: MouseEvent) => {
    const index = indexOfCell(event)
    if (index !== null) this.#needs.viewState.openPhoto(index)
  }

  menu = (event: MouseEvent) => {
    const index = indexOfCell(event)
    if (index === null || !this.#view.pages.at(index)) return
    if (!this.#isSelected(index)) this.#view.selection.select(index)
    this.#needs.menus.open(event, t('photoGrid'), this.#needs.commands.photoMenu({ open: true }))
  }

  drag = (event: DragEvent) => {
    const pictures = [...gridOf(event).querySelectorAll<HTMLImageElement>('[aria-selected=true] img')]
    this.#needs.photoDrag.start(event, this.#view.selection.refs(), pictures)
  }

  #isSelected(index: number) {
    const photo = this.#view.pages.at(index)
    return photo !== undefined && this.#view.selection.has(photo)
  }

  #drawMarquee(event: PointerEvent, index: number | null) {
    const { gridScroller, marquee } = this.#needs
    const { selection } = this.#view
    const others = adds(event) || event.shiftKey ? selection.refs() : []
    marquee.start(event, {
      scroller: gridOf(event),
      gridScroller,
      view: this.#view,
      others,
      onclick: () => {
        if (index === null && others.length === 0) selection.clear()
      },
    })
  }
}

import type { Notify } from '../toasts/notices.svelte.ts'
import { showEffect, type PhotoDrag } from '../drag/photo-drag.svelte.ts'
import type { Branch, Titled } from './tree.ts'
import type { TreeState } from './tree-state.svelte.ts'

/** A closed branch that something is held over opens after this time, in milliseconds. */
const openDelayMs = 600
/** So near to its edges the tree scrolls under what is dragged, in CSS pixels. */
const scrollEdgePx = 28

/** Whether a drag that leaves an element only goes to another element inside of it. */
export const staysWithin = (event: DragEvent) =>
  event.relatedTarget instanceof Node && (event.currentTarget as Element).contains(event.relatedTarget)

export interface DropNeeds {
  photoDrag: PhotoDrag
  notices: Notify
}

/** Photos, or folders of the system, that are dragged over a tree. */
export abstract class TreeDrop<T extends Titled, Needs extends DropNeeds = DropNeeds> {
  protected readonly needs: Needs
  /** What the cursor says of photos that are held over a branch. */
  protected readonly effect: 'move' | 'copy' = 'move'
  readonly #tree: TreeState
  #over = $state<string | null>(null)
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(needs: Needs, tree: TreeState) {
    this.needs = needs
    this.#tree = tree
  }

  /** Why what is dragged cannot be dropped on a branch; null where it can. */
  abstract refusal(branch: Branch<T>): string | null
  /** Takes photos, `album/photo` each, or files of the system. */
  protected abstract take(branch: Branch<T>, refs: string[] | null, event: DragEvent): Promise<unknown>

  /** The branch that something is held over. */
  get over() {
    return this.#over
  }

  enter(event: DragEvent, branch: Branch<T>) {
    if (!this.concerns(event)) return
    event.preventDefault()
    event.stopPropagation()
    const refused = this.refusal(branch) !== null
    showEffect(event, refused ? 'none' : this.effect)
    if (this.#over === branch.path) return
    this.leave()
    this.#over = branch.path
    const closed = branch.branches.length > 0 && !this.#tree.isOpen(branch.path)
    if (closed) this.#timer = setTimeout(() => this.#tree.toggle(branch.path), openDelayMs)
  }

  /** What is dragged leaves a row; from one part of it to another is no leaving. */
  left(event: DragEvent) {
    if (!staysWithin(event)) this.leave()
  }

  leave() {
    clearTimeout(this.#timer)
    this.#over = null
  }

  scroll(event: DragEvent, list: HTMLElement | null) {
    if (!this.needs.photoDrag.dragged || !list) return
    const { top, bottom } = list.getBoundingClientRect()
    if (event.clientY < top + scrollEdgePx) list.scrollTop -= 8
    else if (event.clientY > bottom - scrollEdgePx) list.scrollTop += 8
  }

  async drop(event: DragEvent, branch: Branch<T>) {
    if (!this.concerns(event)) return
    event.preventDefault()
    event.stopPropagation()
    this.leave()
    const { dragged } = this.needs.photoDrag
    const refusal = this.refusal(branch)
    this.needs.photoDrag.end()
    if (refusal !== null) this.needs.notices.complain(refusal)
    else await this.take(branch, dragged, event)
  }

  protected concerns(_event: DragEvent): boolean {
    return this.needs.photoDrag.dragged !== null
  }
}

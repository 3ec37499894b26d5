import type { PhotoActions } from '../photos/photo-actions.svelte.ts'
import { TreeDrop, type DropNeeds } from '../ui/tree/tree-drop.svelte.ts'
import type { Titled } from '../ui/tree/tree.ts'
import type { TagBranch } from './tag-actions.ts'

interface Needs extends DropNeeds {
  photoActions: PhotoActions
}

/** Photos that are dragged onto a tag get it. */
export class TagDrop extends TreeDrop<Titled, Needs> {
  refusal() {
    return null
  }

  protected async take({ path }: TagBranch, refs: string[] | null) {
    if (refs) await this.needs.photoActions.tag(refs, [path], [])
  }
}

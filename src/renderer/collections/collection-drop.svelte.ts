import type { Collection } from '../../shared/schemas/collection.ts'
import { TreeDrop, type DropNeeds } from '../ui/tree/tree-drop.svelte.ts'
import type { Branch } from '../ui/tree/tree.ts'
import { t } from '../i18n/index.ts'
import type { CollectionActions } from './collection-actions.ts'

interface Needs extends DropNeeds {
  collectionActions: CollectionActions
}

/** Photos that are dragged onto a collection are added to it; none of them moves. */
export class CollectionDrop extends TreeDrop<Collection, Needs> {
  protected override readonly effect = 'copy'

  refusal({ item }: Branch<Collection>): string | null {
    if (item?.smart) return t('smartTakesNone', { collection: item.title })
    return item?.right === 'modify' ? null : t('mayNotModifyCollection', { collection: item?.title ?? '' })
  }

  protected async take({ item }: Branch<Collection>, refs: string[] | null) {
    if (refs && item) await this.needs.collectionActions.add(refs, item)
  }
}

import type { Collection } from '../../shared/schemas/collection.ts'
import { hasLinks } from '../app/links.ts'
import type { CollectionActions } from '../collections/collection-actions.ts'
import { t } from '../i18n/index.ts'
import type { Branch } from '../ui/tree/tree.ts'
import type { Command } from './command.ts'

interface Context {
  collectionActions: CollectionActions
  branch: Branch<Collection>
}

/** What is done to a collection, in the order of its menu; null is a line. */
export const collectionCommands: readonly (Command<Context> | null)[] = [
  {
    id: 'new-collection',
    label: 'newCollection',
    group: 'organise',
    when: ({ collectionActions }) => collectionActions.mayCreate,
    run: ({ collectionActions }) => collectionActions.askForCollection(),
  },
  null,
  {
    id: 'rename-collection',
    label: 'renameItem',
    keys: ['F2'],
    group: 'organise',
    when: ({ branch }) => branch.item?.right === 'modify',
    run: ({ collectionActions, branch: { item } }) => item && collectionActions.askForName(item),
  },
  {
    id: 'describe-collection',
    label: 'descriptionItem',
    group: 'organise',
    when: ({ branch }) => branch.item?.right === 'modify',
    run: ({ collectionActions, branch: { item } }) => item && collectionActions.askForDescription(item),
  },
  null,
  {
    id: 'copy-collection-link',
    label: 'copyLink',
    group: 'look',
    offered: hasLinks,
    run: ({ collectionActions, branch: { item } }) => item && collectionActions.copyLink(item),
  },
  {
    id: 'collection-rights',
    label: 'collectionRightsItem',
    group: 'organise',
    offered: ({ collectionActions }) => collectionActions.mayShare,
    run: ({ collectionActions, branch: { item } }) => item && collectionActions.askForRights(item),
  },
  null,
  {
    id: 'remove-collection',
    label: 'removeCollection',
    name: ({ branch }) => t(branch.item?.smart ? 'removeSmart' : 'removeCollection'),
    keys: ['Backspace', 'Delete'],
    group: 'organise',
    grave: true,
    when: ({ branch }) => branch.item?.removable === true,
    run: ({ collectionActions, branch: { item } }) => item && collectionActions.remove(item),
  },
]

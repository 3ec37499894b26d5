import type { PhotoActions } from '../photos/photo-actions.svelte.ts'
import type { TagActions, TagBranch } from '../tags/tag-actions.ts'
import { counted, t } from '../i18n/index.ts'
import type { Command } from './command.ts'

interface Context {
  photoActions: PhotoActions
  tagActions: TagActions
  branch: TagBranch
}

/** What is done to a branch of the tree of tags, in the order of its menu; null is a line. */
export const tagCommands: readonly (Command<Context> | null)[] = [
  {
    id: 'filter-with-tag',
    label: 'filterWith',
    group: 'look',
    run: ({ tagActions, branch }) => tagActions.narrow(branch, 'all'),
  },
  {
    id: 'filter-without-tag',
    label: 'filterWithout',
    group: 'look',
    run: ({ tagActions, branch }) => tagActions.narrow(branch, 'none'),
  },
  {
    id: 'tag-these',
    label: 'tagsItem',
    name: ({ photoActions }) => t('tagThese', { photos: counted('photos', photoActions.refs.length) }),
    group: 'organise',
    when: ({ photoActions }) => photoActions.canChange,
    run: ({ photoActions, branch }) => photoActions.tag(photoActions.refs, [branch.path], []),
  },
  null,
  {
    id: 'rename-tag',
    label: 'renameTagItem',
    keys: ['F2'],
    group: 'organise',
    when: ({ tagActions }) => tagActions.mayChange,
    run: ({ tagActions, branch }) => tagActions.askForName(branch),
  },
  {
    id: 'delete-tag',
    label: 'deleteTag',
    keys: ['Backspace', 'Delete'],
    group: 'organise',
    grave: true,
    when: ({ tagActions }) => tagActions.mayChange,
    run: ({ tagActions, branch }) => tagActions.delete(branch),
  },
]

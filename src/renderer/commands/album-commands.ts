import type { AlbumActions } from '../albums/album-actions.ts'
import type { AlbumBranch } from '../albums/album-tree.ts'
import { hasLinks } from '../app/links.ts'
import type { Command } from './command.ts'

interface Context {
  albumActions: AlbumActions
  branch: AlbumBranch
}

/** What is done to a branch of the tree of albums, in the order of its menu; null is a line. */
export const albumCommands: readonly (Command<Context> | null)[] = [
  {
    id: 'new-album',
    label: 'newAlbum',
    group: 'organise',
    when: ({ albumActions }) => albumActions.mayCreate,
    run: ({ albumActions }) => albumActions.askForAlbum(),
  },
  {
    id: 'new-album-in',
    label: 'newAlbumIn',
    group: 'organise',
    when: ({ albumActions }) => albumActions.mayCreate,
    run: ({ albumActions, branch }) => albumActions.askForAlbum(branch.path),
  },
  null,
  {
    id: 'rename-album',
    label: 'renameItem',
    keys: ['F2'],
    group: 'organise',
    when: ({ albumActions, branch }) => albumActions.mayRename(branch),
    run: ({ albumActions, branch }) => albumActions.askForName(branch),
  },
  {
    id: 'describe-album',
    label: 'descriptionItem',
    group: 'organise',
    when: ({ branch }) => branch.item?.right === 'modify',
    run: ({ albumActions, branch }) => albumActions.askForDescription(branch),
  },
  null,
  {
    id: 'share-album',
    label: 'shareItem',
    group: 'organise',
    offered: ({ albumActions }) => albumActions.mayShare,
    when: ({ branch }) => branch.item !== null,
    run: ({ albumActions, branch }) => albumActions.askForShare(branch),
  },
  {
    id: 'album-rights',
    label: 'whoSeesItem',
    group: 'organise',
    offered: ({ albumActions }) => albumActions.mayShare,
    when: ({ branch }) => branch.item !== null,
    run: ({ albumActions, branch }) => albumActions.showRights(branch),
  },
  {
    id: 'copy-album-link',
    label: 'copyLink',
    group: 'look',
    offered: hasLinks,
    when: ({ branch }) => branch.item !== null,
    run: ({ albumActions, branch }) => albumActions.copyLink(branch),
  },
  {
    id: 'download-album',
    label: 'downloadZip',
    group: 'organise',
    offered: ({ albumActions }) => albumActions.mayDownload,
    when: ({ branch: { item } }) => (item?.photos ?? 0) > 0 && item?.download !== 'none',
    run: ({ albumActions, branch }) => albumActions.askForDownload(branch),
  },
  {
    id: 'export-album',
    label: 'exportItem',
    group: 'organise',
    offered: ({ albumActions }) => albumActions.mayExport,
    when: ({ branch }) => (branch.item?.photos ?? 0) > 0,
    run: ({ albumActions, branch }) => albumActions.askForExport(branch),
  },
  {
    id: 'delete-album',
    label: 'deleteAlbum',
    keys: ['Backspace', 'Delete'],
    group: 'organise',
    grave: true,
    when: ({ albumActions }) => albumActions.mayDelete,
    run: ({ albumActions, branch }) => albumActions.delete(branch),
  },
]

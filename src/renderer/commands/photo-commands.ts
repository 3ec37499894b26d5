import { parseRef } from '../../shared/domain/refs.ts'
import { copyLink, hasLinks } from '../app/links.ts'
import { askForOriginals } from '../photos/original-trash.ts'
import { t } from '../i18n/index.ts'
import { adjustCommands } from './adjust-commands.ts'
import type { CommandRow } from './command.ts'
import type { CommandContext } from './command-context.ts'
import { cullCommands } from './cull-commands.ts'
import { originalCommands } from './original-commands.ts'
import { change, isOutside, type PhotoCommand } from './photo-command.ts'
import { statusCommands } from './status-commands.ts'
import { stackCommands } from './stack-commands.ts'

/** Makes the one selected photo the picture of the collection that is shown, or of its album, where the user may; null otherwise. */
const coverOf = ({
  photoActions,
  albumActions,
  albumsState,
  collectionActions,
  collectionsState: { shown },
}: CommandContext): (() => Promise<void>) | null => {
  const [ref, another] = photoActions.refs
  if (ref === undefined || another !== undefined) return null
  const { album: id, id: photo } = parseRef(ref)
  if (shown) return shown.right === 'modify' ? () => collectionActions.setCover(shown, photo) : null
  const album = albumsState.byId(id)
  return album?.right === 'modify' ? () => albumActions.setCover(album, photo) : null
}

const organise = [
  change({
    id: 'tags',
    label: 'tagsItem',
    icon: 'tag',
    keys: ['t'],
    group: 'organise',
    run: ({ photoActions }) => photoActions.askTags(),
  }),
  change({
    id: 'date',
    label: 'dateItem',
    icon: 'clock',
    keys: ['d'],
    group: 'organise',
    run: ({ photoActions }) => photoActions.askDate(),
  }),
  change({
    id: 'move',
    label: 'moveTo',
    icon: 'folder',
    keys: ['m'],
    group: 'organise',
    run: ({ photoActions }) => photoActions.askWhereTo(),
  }),
  change({
    id: 'cut',
    label: 'cut',
    keys: ['$mod+x'],
    group: 'organise',
    run: ({ photoActions }) => photoActions.cut(),
  }),
  change({
    id: 'trash',
    label: 'toTrash',
    icon: 'trash',
    keys: ['Backspace', 'Delete'],
    group: 'organise',
    grave: true,
    run: ({ photoActions }) => photoActions.trash(),
  }),
]

const mayCollect = (context: CommandContext) =>
  isOutside(context) && (context.collectionActions.targets.length > 0 || context.collectionActions.mayCreate)

const collect: PhotoCommand = {
  id: 'collect',
  label: 'collectItem',
  keys: ['k'],
  group: 'organise',
  offered: mayCollect,
  when: (context) => mayCollect(context) && context.photoActions.refs.length > 0,
  run: ({ collectionActions, photoActions }) => collectionActions.askWhereToAdd(photoActions.refs),
}

const mayUncollect = ({ collectionsState: { shown } }: CommandContext) =>
  shown?.right === 'modify' && !shown.smart

const uncollect: PhotoCommand = {
  id: 'uncollect',
  label: 'uncollectItem',
  keys: ['Shift+k'],
  group: 'organise',
  offered: mayUncollect,
  when: (context) => mayUncollect(context) && context.photoActions.refs.length > 0,
  run: ({ collectionActions, photoActions }) => collectionActions.removePhotos(photoActions.refs),
}

const moveToLast: PhotoCommand = {
  ...change({
    id: 'move-to-last',
    label: 'keyMoveLast',
    name: ({ photoActions }) => t('moveToLast', { album: photoActions.lastAlbum?.title ?? '' }),
    keys: ['Shift+m'],
    group: 'organise',
    run: ({ photoActions }) => photoActions.moveToLast(),
  }),
  offered: (context) => isOutside(context) && context.photoActions.lastAlbum !== undefined,
}

const paste: PhotoCommand = {
  id: 'paste',
  label: 'keyPaste',
  keys: ['$mod+v'],
  group: 'organise',
  when: (context) => isOutside(context) && context.clipboard.cut.size > 0,
  run: ({ photoActions }) => photoActions.paste(),
}

const cover: PhotoCommand = {
  id: 'cover',
  label: 'useAsCover',
  group: 'organise',
  offered: (context) => isOutside(context) && coverOf(context) !== null,
  when: (context) => isOutside(context) && coverOf(context) !== null,
  run: (context) => coverOf(context)?.(),
}

const link: PhotoCommand = {
  id: 'copy-link',
  label: 'copyLink',
  group: 'look',
  offered: (context) => isOutside(context) && hasLinks(),
  when: (context) => isOutside(context) && hasLinks() && context.photoActions.refs.length === 1,
  run: (context) => {
    const [ref] = context.photoActions.refs
    if (ref === undefined) return undefined
    const { album, id: photo } = parseRef(ref)
    return copyLink(context, { album, photo })
  },
}

const originals: PhotoCommand = {
  id: 'trash-originals',
  label: 'originalsItem',
  group: 'organise',
  grave: true,
  offered: (context) => isOutside(context) && context.sessionState.session?.shell === 'desktop',
  when: ({ photoActions, sessionState }) =>
    sessionState.session?.shell === 'desktop' && photoActions.canChange,
  run: (context) => askForOriginals(context, context.photoActions.refs),
}

/** Shows the photo at the cursor large. */
const open: PhotoCommand = {
  id: 'open',
  label: 'open',
  keys: ['Enter'],
  group: 'look',
  row: { label: 'keyOpen', keys: ['Space'] },
  when: ({ viewState: { viewing, comparing, view } }) => !viewing && !comparing && view.selection.cursor >= 0,
  run: ({ viewState }) => viewState.openPhoto(Math.max(0, viewState.view.selection.cursor)),
}

/** Photos of the view one after the other, from the one at the cursor on. */
const slideshow: PhotoCommand = {
  id: 'slideshow',
  label: 'slideshow',
  icon: 'play',
  keys: ['s'],
  group: 'look',
  offered: ({ viewState }) => !viewState.covered,
  when: ({ viewState: { covered, view } }) => !covered && (view.pages.total ?? 0) > 0,
  run: ({ viewState }) => viewState.present(),
}

const restore: PhotoCommand = {
  id: 'restore',
  label: 'restore',
  group: 'organise',
  offered: ({ navigation }) => navigation.trash,
  when: ({ navigation, photoActions }) => navigation.trash && photoActions.refs.length > 0,
  run: ({ photoActions }) => photoActions.restore(photoActions.refs),
}

/** What is done to the selected photos in the grid, and to the open one in the viewer: one list for both. */
export const photoCommands: readonly PhotoCommand[] = [
  ...cullCommands,
  ...statusCommands,
  ...organise,
  moveToLast,
  collect,
  uncollect,
  paste,
  cover,
  link,
  ...originalCommands,
  ...stackCommands,
  ...adjustCommands,
  originals,
  open,
  slideshow,
  restore,
]

type MenuLabel = CommandRow<never>['label']

/** The id of a command, several that are one row, entries behind one, or a line. */
export type PhotoMenuEntry =
  | string
  | { label: MenuLabel; ids: readonly string[] }
  | { label: MenuLabel; items: readonly PhotoMenuEntry[] }
  | null

/** The menu of photos: as high as a window of 700 pixels has room for, with what is done less often behind an entry. */
export const photoMenu: readonly PhotoMenuEntry[] = [
  'open',
  'slideshow',
  'picture-window',
  'compare',
  null,
  { label: 'rating', ids: ['rate-1', 'rate-2', 'rate-3', 'rate-4', 'rate-5'] },
  {
    label: 'flagAndLabel',
    ids: ['pick', 'reject', 'label-red', 'label-yellow', 'label-green', 'label-blue'],
  },
  { label: 'status', ids: statusCommands.slice(1).map(({ id }) => id) },
  null,
  'move',
  'move-to-last',
  'collect',
  'uncollect',
  'cut',
  null,
  'title',
  'tags',
  'date',
  {
    label: 'menuPicture',
    items: [
      'turn-right',
      'turn-left',
      'adjust',
      null,
      'copy-adjustment',
      'paste-adjustment',
      'reset-adjustment',
    ],
  },
  { label: 'menuStack', items: ['cover', 'stack', 'unstack'] },
  {
    label: 'menuFiles',
    items: [
      'export',
      'print',
      'copy-link',
      'download',
      null,
      'reveal',
      'open-elsewhere',
      'copy-path',
      'drag-copies',
    ],
  },
  null,
  'restore',
  'trash',
  'trash-originals',
]

import type { Album } from '../../shared/schemas/album.ts'
import type { PhotoSummary } from '../../shared/schemas/photo.ts'
import { parseRef } from '../../shared/domain/refs.ts'
import { askForOriginals } from '../photos/original-trash.ts'
import { mayUnstack, stack, stackOf, unstack } from '../stacks/stack-actions.ts'
import { t } from '../i18n/index.ts'
import type { Command } from './command.ts'
import type { CommandContext } from './command-context.ts'

type PhotoCommand = Command<CommandContext>

const isOutside = ({ navigation }: CommandContext) => !navigation.trash

/** A command that changes photos: it says itself why it may not, which the trash does in its own bar. */
const change = (command: Omit<PhotoCommand, 'when' | 'explains' | 'offered'>): PhotoCommand => ({
  ...command,
  offered: isOutside,
  explains: true,
  when: ({ photoActions }) => photoActions.canChange,
  run: (context) => (isOutside(context) ? command.run(context) : undefined),
})

export const rate = ['0', '1', '2', '3', '4', '5'].map((stars) =>
  change({
    id: `rate-${stars}`,
    label: 'rating',
    name: () => `${t('rating')}: ${'★'.repeat(Number(stars)) || '–'}`,
    icon: 'star',
    keys: [stars],
    group: 'cull',
    row: { label: 'rating', keys: ['0', '–', '5'] },
    run: ({ photoActions }) => photoActions.mark('rating', stars === '0' ? null : stars),
  }),
)

const labels = { '6': 'red', '7': 'yellow', '8': 'green', '9': 'blue' } as const satisfies Record<
  string,
  PhotoSummary['label']
>

export const label = Object.entries(labels).map(([key, colour]) =>
  change({
    id: `label-${colour}`,
    label: colour,
    keys: [key],
    group: 'cull',
    row: { label: 'keyLabels', keys: ['6', '–', '9'] },
    run: ({ photoActions }) => photoActions.toggleLabel(colour),
  }),
)

export const pick = change({
  id: 'pick',
  label: 'pick',
  icon: 'pick',
  keys: ['p'],
  group: 'cull',
  run: ({ photoActions }) => photoActions.mark('flag', 'pick'),
})

export const reject = change({
  id: 'reject',
  label: 'reject',
  icon: 'reject',
  keys: ['x'],
  group: 'cull',
  run: ({ photoActions }) => photoActions.mark('flag', 'reject'),
})

const unflag = change({
  id: 'unflag',
  label: 'unflag',
  keys: ['u'],
  group: 'cull',
  run: ({ photoActions }) => photoActions.mark('flag', null),
})

/** The one selected photo and its album, where the user may make it the album's picture. */
const coverOf = ({ photoActions, albumsState }: CommandContext): { album: Album; photo: string } | null => {
  const [ref, another] = photoActions.refs
  if (ref === undefined || another !== undefined) return null
  const album = albumsState.byId(parseRef(ref).album)
  return album?.right === 'modify' ? { album, photo: parseRef(ref).id } : null
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
  run: (context) => {
    const chosen = coverOf(context)
    if (chosen) return context.albumActions.setCover(chosen.album, chosen.photo)
  },
}

const stacks: PhotoCommand[] = [
  {
    ...change({
      id: 'stack',
      label: 'stackItem',
      keys: ['g'],
      group: 'organise',
      run: (context) => stack(context),
    }),
    offered: (context) => isOutside(context) && stackOf(context) !== null,
    when: (context) => context.photoActions.canChange && stackOf(context) !== null,
  },
  {
    ...change({
      id: 'unstack',
      label: 'unstackItem',
      keys: ['Shift+g'],
      group: 'organise',
      run: (context) => unstack(context),
    }),
    offered: (context) => isOutside(context) && mayUnstack(context),
    when: (context) => context.photoActions.canChange && mayUnstack(context),
  },
]

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
  ...rate,
  pick,
  reject,
  unflag,
  ...label,
  ...organise,
  moveToLast,
  paste,
  cover,
  ...stacks,
  originals,
  open,
  restore,
]

/** The menu of photos, by the ids of its commands; null is a line. */
export const photoMenu = [
  'open',
  null,
  'move',
  'move-to-last',
  'cut',
  null,
  'tags',
  'date',
  'pick',
  'reject',
  null,
  'compare',
  'cover',
  'stack',
  'unstack',
  'export',
  null,
  'restore',
  'trash',
  'trash-originals',
]

import type { PhotoSummary } from '../../shared/schemas/photo.ts'
import { t } from '../i18n/index.ts'
import type { CommandContext } from './command-context.ts'
import { change, type PhotoCommand } from './photo-command.ts'

/** How the one photo that is meant is marked; undefined where there are several. */
export const markOf = <F extends 'rating' | 'flag' | 'label' | 'status'>(
  { photoActions, viewState }: CommandContext,
  field: F,
): PhotoSummary[F] | undefined =>
  photoActions.refs.length === 1 ? viewState.view.selection.photo?.[field] : undefined

/** By stars of 0 to 5; without any they are taken away. */
const rateBy = (stars: string, again?: PhotoCommand): PhotoCommand =>
  change({
    id: `rate-${stars}`,
    label: 'rating',
    name: () => `${t('rating')}: ${'★'.repeat(Number(stars)) || '–'}`,
    icon: 'star',
    checked: (context) => markOf(context, 'rating') === Number(stars),
    ...(again && { again }),
    keys: [stars],
    group: 'cull',
    row: { label: 'rating', keys: ['0', '–', '5'] },
    run: ({ photoActions }) => photoActions.mark('rating', stars === '0' ? null : stars),
  })

const unrate = rateBy('0')

export const rate = [unrate, ...['1', '2', '3', '4', '5'].map((stars) => rateBy(stars, unrate))]

const labels = { '6': 'red', '7': 'yellow', '8': 'green', '9': 'blue' } as const satisfies Record<
  string,
  PhotoSummary['label']
>

export const label = Object.entries(labels).map(([key, colour]) =>
  change({
    id: `label-${colour}`,
    label: colour,
    dot: colour,
    checked: (context) => markOf(context, 'label') === colour,
    keys: [key],
    group: 'cull',
    row: { label: 'keyLabels', keys: ['6', '–', '9'] },
    run: ({ photoActions }) => photoActions.toggleLabel(colour),
  }),
)

const unflag = change({
  id: 'unflag',
  label: 'unflag',
  keys: ['u'],
  group: 'cull',
  run: ({ photoActions }) => photoActions.mark('flag', null),
})

export const pick = change({
  id: 'pick',
  label: 'pick',
  icon: 'pick',
  checked: (context) => markOf(context, 'flag') === 'pick',
  again: unflag,
  keys: ['p'],
  group: 'cull',
  run: ({ photoActions }) => photoActions.mark('flag', 'pick'),
})

export const reject = change({
  id: 'reject',
  label: 'reject',
  icon: 'reject',
  checked: (context) => markOf(context, 'flag') === 'reject',
  again: unflag,
  keys: ['x'],
  group: 'cull',
  run: ({ photoActions }) => photoActions.mark('flag', 'reject'),
})

/** What is said of a photo by one key: stars, flags and labels. */
export const cullCommands: readonly PhotoCommand[] = [...rate, pick, reject, unflag, ...label]

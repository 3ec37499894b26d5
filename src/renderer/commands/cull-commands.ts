import type { PhotoSummary } from '../../shared/schemas/photo.ts'
import { t } from '../i18n/index.ts'
import { change, type PhotoCommand } from './photo-command.ts'

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

/** What is said of a photo by one key: stars, flags and labels. */
export const cullCommands: readonly PhotoCommand[] = [...rate, pick, reject, unflag, ...label]

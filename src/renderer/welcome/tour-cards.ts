import type { Group } from '../commands/command.ts'
import type { t } from '../i18n/index.ts'
import type { ComponentProps } from 'svelte'
import type Icon from '../ui/controls/Icon.svelte'

type MessageKey = Parameters<typeof t>[0]

interface TourCard {
  icon: ComponentProps<typeof Icon>['name']
  title: MessageKey
  text: MessageKey
  /** Rows of the keyboard help that it shows, by their group and label. */
  keys: { group: Group; labels: readonly MessageKey[] }
}

/** What is worth knowing in the first ten minutes, in the order in which it is needed. */
export const tourCards: readonly TourCard[] = [
  {
    icon: 'eye',
    title: 'tourLook',
    text: 'tourLookText',
    keys: { group: 'look', labels: ['keyOpen', 'keyMove', 'keyZoom'] },
  },
  {
    icon: 'star',
    title: 'tourChoose',
    text: 'tourChooseText',
    keys: { group: 'cull', labels: ['rating', 'pick', 'reject'] },
  },
  {
    icon: 'folder',
    title: 'tourOrder',
    text: 'tourOrderText',
    keys: { group: 'organise', labels: ['moveTo', 'tagsItem', 'undo'] },
  },
  {
    icon: 'search',
    title: 'tourFind',
    text: 'tourFindText',
    keys: { group: 'look', labels: ['keyFind'] },
  },
  {
    icon: 'people',
    title: 'tourShare',
    text: 'tourShareText',
    keys: { group: 'window', labels: ['commands', 'keyHelp'] },
  },
]

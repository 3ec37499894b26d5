import type { PhotoSort } from '../../../shared/schemas/photo.ts'
import { t } from '../../i18n/index.ts'

interface SortChoice {
  value: PhotoSort
  label: string
  disabled?: boolean
}

/** By what photos can be ordered; by hand in an album alone, by status where there are any. */
export const sortChoices = (inAlbum: boolean, hasStatuses: boolean): SortChoice[] => [
  { value: 'taken', label: t('sortTaken') },
  { value: 'name', label: t('sortName') },
  { value: 'added', label: t('sortAdded') },
  { value: 'rating', label: t('sortRating') },
  ...(hasStatuses ? [{ value: 'status' as const, label: t('status') }] : []),
  inAlbum
    ? { value: 'manual', label: t('sortManual') }
    : { value: 'manual', label: t('sortManualHint'), disabled: true },
]

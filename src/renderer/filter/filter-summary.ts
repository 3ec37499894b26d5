import type { PhotoFilter } from '../../shared/schemas/photo.ts'
import { daysBetween, listed } from '../i18n/format.ts'
import { t } from '../i18n/index.ts'

/** What a filter asks for, in a few words, as the title of what is shown. `statusName`: what a status is called that there is. */
export const filterWords = (
  {
    all,
    any,
    none,
    text,
    from,
    to,
    camera,
    rating,
    flag,
    label,
    status,
    chosen,
    video,
    missing,
    undated,
    within,
    unplaced,
  }: PhotoFilter,
  statusName: (id: string) => string | undefined,
): string =>
  [
    (all ?? []).join(' + '),
    (any ?? []).join(` ${t('or')} `),
    none?.length ? t('without', { tags: listed(none) }) : '',
    text ? t('quoted', { text }) : '',
    daysBetween(from, to),
    camera ?? '',
    rating ? `${'★'.repeat(rating)}${rating < 5 ? '+' : ''}` : '',
    flag ? t(flag === 'pick' ? 'picks' : flag === 'reject' ? 'rejects' : 'unflagged') : '',
    label ? (label === 'none' ? t('noLabel') : t(label)) : '',
    status ? (statusName(status) ?? (status === 'none' ? t('statusNone') : status)) : '',
    chosen ? t('chosen') : '',
    video ? t('videosOnly') : '',
    missing ? t('missingOnly') : '',
    undated ? t('undatedOnly') : '',
    within ? t('withinMap') : '',
    unplaced ? t('unplacedOnly') : '',
  ]
    .filter(Boolean)
    .join(' · ')

import type { TimeStep } from '../../shared/schemas/photo.ts'
import type { Section } from '../grid/layout/joined-sections.ts'
import { month, takenLong, wallClock } from './format.ts'
import { locale, t } from './index.ts'

const spans = {
  4: new Intl.DateTimeFormat(locale, { year: 'numeric', timeZone: 'UTC' }),
  7: new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }),
  10: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }),
}

/** `June 2019`, `March – June 2011`, or `2011, month not known`. `step`: what the view is divided into. */
export const sectionName = ({ date, until }: Pick<Section, 'date' | 'until'>, step: TimeStep): string => {
  if (!date) return t('undatedOnly')
  if (until !== undefined) {
    const span = date.length <= 4 ? spans[4] : date.length <= 7 ? spans[7] : spans[10]
    return span.formatRange(wallClock(date), wallClock(until))
  }
  if (date.length <= 4) return t('monthUnknown', { year: month(date) })
  return date.length <= 7 && step === 'day' ? t('dayUnknown', { month: month(date) }) : takenLong(date)
}

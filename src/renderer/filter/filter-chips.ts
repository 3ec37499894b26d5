import { parseSearch, withoutTerm } from '../../shared/domain/search/parse-search.ts'
import type { PhotoFilter } from '../../shared/schemas/photo.ts'
import { t } from '../i18n/index.ts'
import { filterWords } from './filter-summary.ts'

/** One condition of a filter, in few words, and the filter's change that takes it away. */
export interface FilterChip {
  key: string
  label: string
  without: Partial<PhotoFilter>
}

const alone = [
  ...(['from', 'to', 'camera', 'rating', 'flag', 'label', 'status', 'chosen'] as const),
  ...(['video', 'missing', 'undated', 'within', 'unplaced'] as const),
]

const tagChips = (filter: PhotoFilter): FilterChip[] =>
  (['all', 'any', 'none'] as const).flatMap((list) =>
    (filter[list] ?? []).map((tag) => ({
      key: `${list} ${tag}`,
      label: list === 'all' ? tag : `${t(list === 'any' ? 'anyOf' : 'noneOf')} ${tag}`,
      without: { [list]: (filter[list] ?? []).filter((own) => own !== tag) },
    })),
  )

/** All conditions of a filter one by one: of a search each word, phrase and date. `statusName` as in `filterWords`. */
export const filterChips = (
  filter: PhotoFilter,
  statusName: (id: string) => string | undefined,
): FilterChip[] => {
  const { text = '' } = filter
  const searched = parseSearch(text).map((term) => ({
    key: `text ${term.from}`,
    label: text.slice(term.from, term.to),
    without: { text: withoutTerm(text, term) || undefined },
  }))
  const others = alone
    .filter((name) => filter[name] !== undefined)
    .map((name) => ({
      key: name,
      label: filterWords({ [name]: filter[name] }, statusName),
      without: { [name]: undefined },
    }))
  return [...searched, ...tagChips(filter), ...others]
}

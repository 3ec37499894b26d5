import { flags, labels } from '../../shared/domain/marks.ts'
import type { PhotoFilter, PhotoQuery } from '../../shared/schemas/photo.ts'

/** What a page's address says of what is shown. */
export interface Shown {
  album: string | null
  filter: PhotoFilter
  trash: boolean
  sort?: PhotoQuery['sort']
  descending?: boolean
}

const lists = ['all', 'any', 'none'] as const
const texts = ['text', 'from', 'to', 'camera', 'flag', 'label'] as const
const marks = ['video', 'missing'] as const
const sorts = new Set<string>(['taken', 'name', 'added', 'rating', 'manual'])
const flagChoices = new Set<string>([...flags, 'none'])
const labelChoices = new Set<string>([...labels, 'none'])
const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))

/** Whether a filter that a user typed into an address could be one. */
const fits = (name: (typeof texts)[number], value: string) => {
  if (name === 'from' || name === 'to') return isDay(value)
  if (name === 'flag') return flagChoices.has(value)
  return name === 'label' ? labelChoices.has(value) : value.length <= 200
}

/** The query of an address, without `?`; empty for all photos in the usual order. */
export const toQuery = ({ album, filter, trash, sort, descending }: Shown): string => {
  const query = new URLSearchParams()
  if (album !== null) query.set('album', album)
  if (trash) query.set('trash', '')
  for (const name of lists) for (const tag of filter[name] ?? []) query.append(name, tag)
  for (const name of texts) if (filter[name]) query.set(name, filter[name])
  if (filter.rating) query.set('rating', String(filter.rating))
  for (const name of marks) if (filter[name]) query.set(name, '')
  if (sort && (sort !== 'taken' || descending === false)) query.set('sort', descending ? `-${sort}` : sort)
  return query.toString().replace(/=(?=&|$)/g, '')
}

/** What an address shows. What makes no sense in it is left out: users may write one by hand. */
export const fromQuery = (text: string): Shown => {
  const query = new URLSearchParams(text)
  const filter: PhotoFilter = {}
  for (const name of lists) {
    const tags = query.getAll(name).filter((tag) => tag.trim() !== '' && tag.length <= 100)
    if (tags.length > 0) filter[name] = tags.slice(0, 50)
  }
  for (const name of texts) {
    const value = query.get(name)
    if (value && fits(name, value)) Object.assign(filter, { [name]: value })
  }
  const rating = Number(query.get('rating'))
  if (Number.isInteger(rating) && rating >= 1 && rating <= 5) filter.rating = rating
  for (const name of marks) if (query.has(name)) filter[name] = true
  const album = query.get('album')
  const known = album !== null && /^[a-z0-9][a-z0-9._-]{0,31}~[0-9A-Za-z]{6,16}$/.test(album)
  const shown: Shown = { album: known ? album : null, filter, trash: query.has('trash') }
  const [, minus, sort = ''] = /^(-?)(\w+)$/.exec(query.get('sort') ?? '') ?? []
  return sorts.has(sort) ? { ...shown, sort: sort as PhotoQuery['sort'], descending: minus === '-' } : shown
}

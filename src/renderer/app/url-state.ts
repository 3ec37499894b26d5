import { plainText } from '../../shared/domain/fold-text.ts'
import { flags, labels } from '../../shared/domain/marks.ts'
import { chosenForm } from '../../shared/domain/visitor-answers.ts'
import { statusIdForm } from '../../shared/domain/statuses.ts'
import type { PhotoFilter, PhotoQuery } from '../../shared/schemas/photo.ts'

/** What a page's address says of what is shown. */
export interface Shown {
  album: string | null
  /** The photo that is open, by its id; null while none is. */
  photo: string | null
  filter: PhotoFilter
  trash: boolean
  /** A collection in place of an album. */
  collection: string | null
  /** A smart album's search was changed and not saved: `album` and `filter` are what is looked for in its place. */
  edited: boolean
  /** The albums themselves, by their covers. */
  albums: boolean
  /** On a map of the world instead of in the grid. */
  map: boolean
  sort?: PhotoQuery['sort']
  descending?: boolean
}

/** All photos, and nothing of them is narrowed. */
export const everything = {
  album: null,
  photo: null,
  filter: {},
  trash: false,
  collection: null,
  edited: false,
  albums: false,
  map: false,
} satisfies Shown

const lists = ['all', 'any', 'none'] as const
const texts = ['text', 'from', 'to', 'camera', 'flag', 'label', 'status', 'chosen'] as const
const marks = ['video', 'missing', 'undated', 'unplaced'] as const
const sorts = new Set<string>(['taken', 'name', 'added', 'rating', 'status', 'manual'])
const flagChoices = new Set<string>([...flags, 'none'])
const labelChoices = new Set<string>([...labels, 'none'])
const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))

const edges = ['south', 'west', 'north', 'east'] as const

/** A part of the world as four numbers; null for what is none. */
const boundsIn = (text: string): PhotoFilter['within'] | null => {
  const parts = text.split(' ').map((part) => (part === '' ? Number.NaN : Number(part)))
  const [south = Number.NaN, west = Number.NaN, north = Number.NaN, east = Number.NaN] = parts
  const isSound =
    Math.max(Math.abs(south), Math.abs(north)) <= 90 && Math.max(Math.abs(west), Math.abs(east)) <= 180
  return isSound && parts.length === edges.length ? { south, west, north, east } : null
}

/** Whether a filter that a user typed into an address could be one. */
const fits = (name: (typeof texts)[number], value: string) => {
  if (name === 'from' || name === 'to') return isDay(value)
  if (name === 'flag') return flagChoices.has(value)
  if (name === 'chosen') return chosenForm.test(value)
  if (name === 'status') return statusIdForm.test(value)
  return name === 'label' ? labelChoices.has(value) : value.length <= 200
}

/** A title as it reads in an address, `2024-corsica`, at most 60 characters long; empty where it has neither letters nor digits. */
const slugOf = (title: string) => {
  const [slug = ''] = /^.{0,60}/u.exec(
    plainText(title)
      .normalize('NFC')
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-/, ''),
  ) ?? ['']
  return slug.replace(/-$/, '')
}

/** An album's id behind its title, which is for people alone: `2024-corsica~owner~Abcd1234`. */
const namedAlbum = (id: string, title: string) => [slugOf(title), id].filter(Boolean).join('~')

/**
 * The query of an address, without `?`; empty for all photos in the usual order. `title`: that of the collection or else the album, as
 * far as it is known.
 */
export const toQuery = (
  { album, photo, filter, trash, collection, edited, albums, map, sort, descending }: Shown,
  title: string | undefined = '',
): string => {
  const query = new URLSearchParams()
  if (album !== null) query.set('album', namedAlbum(album, collection === null ? title : ''))
  if (collection !== null) query.set('collection', namedAlbum(collection, title))
  if (edited) query.set('edited', '')
  if (photo !== null) query.set('photo', photo)
  if (trash) query.set('trash', '')
  if (albums) query.set('albums', '')
  if (map) query.set('map', '')
  for (const name of lists) for (const tag of filter[name] ?? []) query.append(name, tag)
  for (const name of texts) if (filter[name]) query.set(name, filter[name])
  if (filter.rating) query.set('rating', String(filter.rating))
  for (const name of marks) if (filter[name]) query.set(name, '')
  if (filter.within) query.set('within', edges.map((edge) => filter.within?.[edge]).join(' '))
  if (sort && (sort !== 'taken' || descending === false)) query.set('sort', descending ? `-${sort}` : sort)
  return query
    .toString()
    .replace(/=(?=&|$)/g, '')
    .replaceAll('%7E', '~')
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
  const within = boundsIn(query.get('within') ?? '')
  if (within) filter.within = within
  const [, album = null] =
    /^(?:[^~]*~)?([a-z0-9][a-z0-9._-]{0,31}~[0-9A-Za-z]{6,16})$/.exec(query.get('album') ?? '') ?? []
  const [photo = null] = /^[0-9A-Za-z]{10}$/.exec(query.get('photo') ?? '') ?? []
  const [, collection = null] =
    /^(?:[^~]*~)?([a-z0-9][a-z0-9._-]{0,31}~(?:[0-9A-Za-z]{4})?-[0-9A-Za-z]{8})$/.exec(
      query.get('collection') ?? '',
    ) ?? []
  const [trash, albums, map] = ['trash', 'albums', 'map'].map((name) => query.has(name)) as [
    boolean,
    boolean,
    boolean,
  ]
  const edited = collection !== null && query.has('edited')
  const shown: Shown = { album, photo, filter, trash, collection, edited, albums, map }
  const [, minus, sort = ''] = /^(-?)(\w+)$/.exec(query.get('sort') ?? '') ?? []
  return sorts.has(sort) ? { ...shown, sort: sort as PhotoQuery['sort'], descending: minus === '-' } : shown
}

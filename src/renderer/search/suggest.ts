import '../i18n/later.ts'
import { plainText } from '../../shared/domain/fold-text.ts'
import { parseSearch } from '../../shared/domain/search/parse-search.ts'
import { monthsOf } from '../../shared/domain/search/search-dates.ts'
import type { Account } from '../../shared/schemas/account.ts'
import type { Album } from '../../shared/schemas/album.ts'
import type { Client } from '../../shared/schemas/selection.ts'
import type { FoundInComments } from '../../shared/schemas/comment.ts'
import type { Collection } from '../../shared/schemas/collection.ts'
import type { TownCount } from '../../shared/schemas/place-name.ts'
import type { CameraCount, MonthCount, PhotoFilter, TagCount } from '../../shared/schemas/photo.ts'
import { month } from '../i18n/format.ts'
import { counted, number, t } from '../i18n/index.ts'
import { countryName, townName } from '../i18n/town-name.ts'
import type { ComponentProps } from 'svelte'
import type Icon from '../ui/controls/Icon.svelte'

/** Where a suggestion leads: a view of photos, a collection, a page of an account, or a smart album that looks for a text. */
type Way =
  | { album?: string | null; filter?: PhotoFilter }
  | { collection: string }
  | { person: string }
  | { smart: string }

/** One line of the list below the search box. */
export interface SearchOption {
  key: string
  icon: ComponentProps<typeof Icon>['name']
  label: string
  /** How many photos, or other quiet words behind the label. */
  note: string
  way: Way
}

/** Lines of one kind, under a heading. */
export interface OptionGroup {
  label: string
  options: SearchOption[]
}

/** What suggestions are made of: everything that the user may see. */
export interface Known {
  albums: readonly Album[]
  tags: readonly TagCount[]
  cameras: readonly CameraCount[]
  /** Where photos were taken, as far as that may be seen. */
  towns: readonly TownCount[]
  months: readonly MonthCount[]
  /** Accounts, which administrators alone know. */
  accounts: readonly Pick<Account, 'name' | 'displayName'>[]
  collections: readonly Pick<Collection, 'id' | 'title' | 'photos' | 'smart'>[]
  /** By what they are called. */
  statuses: readonly { id: string; name: string }[]
  /** Who has chosen photos by share links. */
  clients: readonly Client[]
  /** What was said with the words that are typed; null where that is not known. */
  said: FoundInComments | null
  /** The album that is shown. */
  shown: Album | undefined
  /** A search may become a smart album. */
  mayKeep: boolean
}

/** Lines of one kind; more are found by typing on. */
const maxOptions = 5

/** Those whose names hold every word, those that begin with the first one before the others. */
const fitting = <T>(all: readonly T[], wanted: string, nameOf: (one: T) => string): T[] => {
  const words = wanted.split(/\s+/)
  const [first = ''] = words
  const begins = (name: string) => Number(name.split(/[\s/]/).some((part) => part.startsWith(first)))
  return all
    .map((one) => ({ one, name: plainText(nameOf(one)) }))
    .filter(({ name }) => words.every((word) => name.includes(word)))
    .sort((a, b) => begins(b.name) - begins(a.name))
    .slice(0, maxOptions)
    .map(({ one }) => one)
}

const sum = (months: readonly MonthCount[]) => months.reduce((all, { photos }) => all + photos, 0)

/** Years and months that have photos: those that the words name, or whose names begin so. */
const datesOf = (wanted: string, { months }: Known): SearchOption[] => {
  const years = [...Map.groupBy(months, (one) => one.month.slice(0, 4))].map(([year, own]) => ({
    name: year,
    photos: sum(own),
    days: monthsOf(Number(year), 1, 12),
  }))
  const single = months.map((one) => {
    const [year = 0, which = 0] = one.month.split('-').map(Number)
    return { name: month(one.month), photos: one.photos, days: monthsOf(year, which, which) }
  })
  const all = wanted.length < 2 ? [] : [...years, ...single]
  return fitting(all, wanted, ({ name }) => name).map(({ name, photos, days: [from, to] }) => ({
    key: `days ${from} ${to}`,
    icon: 'clock',
    label: name,
    note: number(photos),
    way: { filter: { from, to } },
  }))
}

/** The search itself, in all photos and in the album that is shown. */
const searches = (text: string, { shown }: Known): SearchOption[] => {
  const all: SearchOption = {
    key: 'search',
    icon: 'search',
    label: t('searchEverywhere', { text }),
    note: '',
    way: { filter: { text } },
  }
  if (!shown) return [all]
  const label = t('searchHere', { album: shown.title.split('/').at(-1) ?? '', text })
  return [all, { ...all, key: 'search-here', label, way: { album: shown.id, filter: { text } } }]
}

const albumsOf = (wanted: string, { albums }: Known) =>
  fitting(albums, wanted, ({ title }) => title).map(({ id, title, photos }): SearchOption => ({
    key: `album ${id}`,
    icon: 'folder',
    label: title,
    note: number(photos),
    way: { album: id },
  }))

/** Characters of a search (schemas/photo.ts). */
const maxSearch = 200

/** The words of a search, looked for in comments alone; null where that is longer than a search can be. */
const saidSearch = (text: string): string | null => {
  const words = parseSearch(text).flatMap(({ kind, not, from, to }) => {
    if (not || (kind !== 'word' && kind !== 'phrase' && kind !== 'comment')) return []
    return kind === 'comment' ? text.slice(from, to) : `comment:${text.slice(from, to)}`
  })
  const search = words.join(' ')
  return search.length <= maxSearch ? search : null
}

/** Photos of which it was said, and albums. */
const commentsOf = (text: string, { said, albums }: Known): SearchOption[] => {
  const search = saidSearch(text)
  const found = (said?.albums ?? []).flatMap(({ album, comments }): SearchOption[] => {
    const title = albums.find(({ id }) => id === album)?.title
    if (title === undefined) return []
    const note = counted('commentsCount', comments)
    return [{ key: `said ${album}`, icon: 'comment', label: title, note, way: { album } }]
  })
  if (!said || said.photos === 0 || search === null) return found.slice(0, maxOptions)
  const photos: SearchOption = {
    ...{ key: 'said', icon: 'comment', label: t('searchComments', { text }), note: number(said.photos) },
    way: { filter: { text: search } },
  }
  return [photos, ...found.slice(0, maxOptions - 1)]
}

/** Collections by their names; and the search itself, to be one from now on. */
const collectionsOf = (wanted: string, text: string, { collections, mayKeep }: Known): SearchOption[] => [
  ...fitting(collections, wanted, ({ title }) => title).map(({ id, title, photos, smart }): SearchOption => ({
    key: `collection ${id}`,
    icon: smart ? 'smart' : 'photos',
    label: title,
    note: photos === null ? '' : number(photos),
    way: { collection: id },
  })),
  ...(mayKeep
    ? [
        {
          key: 'smart',
          icon: 'plus' as const,
          label: t('saveSearchAs', { text }),
          note: '',
          way: { smart: text },
        },
      ]
    : []),
]

const tagsOf = (wanted: string, { tags }: Known) =>
  fitting(tags, wanted, ({ tag }) => tag).map(({ tag, photos }): SearchOption => ({
    key: `tag ${tag}`,
    icon: 'tag',
    label: tag,
    note: number(photos),
    way: { filter: { all: [tag] } },
  }))

const camerasOf = (wanted: string, { cameras }: Known) =>
  fitting(cameras, wanted, ({ camera }) => camera).map(({ camera, photos }): SearchOption => ({
    key: `camera ${camera}`,
    icon: 'photos',
    label: camera,
    note: number(photos),
    way: { filter: { camera } },
  }))

/** Countries, and towns in them. */
const placesOf = (wanted: string, { towns }: Known) => {
  const countries = [...Map.groupBy(towns, ({ country }) => country)].map(([country, own]) => ({
    name: countryName(country),
    photos: own.reduce((all, { photos }) => all + photos, 0),
  }))
  const single = towns.map((town) => ({ name: townName(town), photos: town.photos }))
  return fitting([...countries, ...single], wanted, ({ name }) => name).map(
    ({ name, photos }): SearchOption => ({
      key: `place ${name}`,
      icon: 'map',
      label: name,
      note: number(photos),
      way: { filter: { text: `place:"${name}"` } },
    }),
  )
}

/** Clients by their names, or all of them by what they did. */
const clientsOf = (wanted: string, { clients, albums }: Known) =>
  fitting(clients, wanted, ({ name }) => `${t('chosen')} ${name}`).map(
    ({ album, link, name, photos }): SearchOption => {
      const title = albums.find(({ id }) => id === album)?.title ?? ''
      return {
        ...{ key: `client ${album} ${link}`, icon: 'check', note: number(photos) },
        label: t('chosenIn', { name: name || t('chosenByAny'), album: title.split('/').at(-1) ?? '' }),
        way: { album, filter: { chosen: link } },
      }
    },
  )

const statusesOf = (wanted: string, { statuses }: Known) =>
  fitting(statuses, wanted, ({ name }) => name).map(({ id, name }): SearchOption => ({
    key: `status ${id}`,
    icon: 'filter',
    label: name,
    note: '',
    way: { filter: { status: id } },
  }))

const peopleOf = (wanted: string, { accounts }: Known) =>
  fitting(accounts, wanted, ({ name, displayName }) => `${name} ${displayName}`).map(
    ({ name, displayName }): SearchOption => ({
      key: `person ${name}`,
      icon: 'person',
      label: displayName,
      note: name,
      way: { person: name },
    }),
  )

/** What a text may mean: the search for it first, then albums, tags, comments, cameras, places, dates and people by their names. */
export const suggest = (typed: string, known: Known): OptionGroup[] => {
  const text = typed.trim()
  if (parseSearch(text).length === 0) return []
  const wanted = plainText(text)
  const groups = [
    { label: t('search'), options: searches(text, known) },
    { label: t('albums'), options: albumsOf(wanted, known) },
    { label: t('tags'), options: tagsOf(wanted, known) },
    { label: t('comments'), options: commentsOf(text, known) },
    { label: t('cameras'), options: camerasOf(wanted, known) },
    { label: t('places'), options: placesOf(wanted, known) },
    { label: t('dates'), options: datesOf(wanted, known) },
    { label: t('status'), options: statusesOf(wanted, known) },
    { label: t('chosen'), options: clientsOf(wanted, known) },
    { label: t('people'), options: peopleOf(wanted, known) },
    { label: t('collections'), options: collectionsOf(wanted, text, known) },
  ]
  return groups.filter(({ options }) => options.length > 0)
}

import type { PhotoFilter } from '../../shared/schemas/photo.ts'
import { firstDayOf, lastDayOf } from '../../shared/domain/partial-dates.ts'
import { foldTag, isTagged } from '../../shared/domain/tags.ts'
import { parseSearch } from '../../shared/domain/search/parse-search.ts'
import type { GeoBounds } from '../../shared/domain/mercator.ts'
import type { IndexedPhoto } from './indexed-photo.ts'
import { placedWithin } from './place.ts'
import type { SaidWord } from '../comments/search-comments.ts'
import { testsOfTerms, type SaidPhotos, type SearchedAlbum } from './search-terms.ts'

type Test = (photo: IndexedPhoto) => boolean

/**
 * A filter, with the ids of the gallery's statuses where it asks for one: what is not among them counts as none. With those of
 * the photos that were chosen where it asks for these. And with the words of its search that stand in comments.
 */
export type AppliedFilter = PhotoFilter & {
  statuses?: readonly string[]
  chosenPhotos?: readonly string[]
  said?: readonly SaidWord[]
}

const choice = (wanted: string, of: (photo: IndexedPhoto) => string | null): Test =>
  wanted === 'none' ? (photo) => of(photo) === null : (photo) => of(photo) === wanted

const tagTests = ({ all, any, none }: PhotoFilter): Test[] => {
  const [every, some, no] = [all, any, none].map((tags) => (tags ?? []).map(foldTag).filter(Boolean))
  return [
    ...(every ?? []).map(
      (tag): Test =>
        ({ tags }) =>
          isTagged(tags, tag),
    ),
    ...(some?.length ? [({ tags }: IndexedPhoto) => some.some((tag) => isTagged(tags, tag))] : []),
    ...(no ?? []).map(
      (tag): Test =>
        ({ tags }) =>
          !isTagged(tags, tag),
    ),
  ]
}

const placeTest = (within: GeoBounds): Test => {
  const isWithin = placedWithin(within)
  return ({ place }) => isWithin(place)
}

const statusTest = (wanted: string, known: readonly string[]): Test => {
  const of = ({ status }: IndexedPhoto) => (status !== null && known.includes(status) ? status : 'none')
  return (photo) => of(photo) === wanted
}

const saidPhotosOf = ({ said = [] }: AppliedFilter): SaidPhotos =>
  new Map(said.map(([word, photos]) => [word, new Map(photos.map(([album, ids]) => [album, new Set(ids)]))]))

const chosenTest = (chosen: readonly string[]): Test => {
  const ids = new Set(chosen)
  return ({ id }) => ids.has(id)
}

const orderedTests = (filter: AppliedFilter): Test[] => {
  const { from, to, camera, rating, flag, label, status, statuses = [], video, missing } = filter
  const { undated, within, unplaced, chosen, chosenPhotos = [] } = filter
  return [
    ...(from ? [({ day }: IndexedPhoto) => day !== '' && firstDayOf(day) >= from] : []),
    ...(to ? [({ day }: IndexedPhoto) => day !== '' && lastDayOf(day) <= to] : []),
    ...(camera ? [(photo: IndexedPhoto) => photo.camera === camera] : []),
    ...(rating ? [(photo: IndexedPhoto) => photo.rating >= rating] : []),
    ...(flag ? [choice(flag, (photo) => photo.flag)] : []),
    ...(label ? [choice(label, (photo) => photo.label)] : []),
    ...(status ? [statusTest(status, statuses)] : []),
    ...(chosen ? [chosenTest(chosenPhotos)] : []),
    ...(video ? [(photo: IndexedPhoto) => photo.video] : []),
    ...(missing ? [(photo: IndexedPhoto) => photo.missing] : []),
    ...(undated ? [(photo: IndexedPhoto) => photo.undated] : []),
    ...(within ? [placeTest(within)] : []),
    ...(unplaced ? [({ place }: IndexedPhoto) => place < 0] : []),
  ]
}

/**
 * What a filter asks of the photos of an album: a photo is shown where all of it holds. Null where it holds
 * for no photo of the album.
 */
export const filterOf = (filter: AppliedFilter): ((album: SearchedAlbum) => Test[] | null) => {
  const tests = [...tagTests(filter), ...orderedTests(filter)]
  const terms = parseSearch(filter.text ?? '')
  const said = saidPhotosOf(filter)
  return (album) => {
    const searched = testsOfTerms(terms, album, said)
    return searched && [...tests, ...searched]
  }
}

/** What a view asks of the photos of an album: by its filter, and of a smart album by what that looks for too. As `filterOf`. */
export const filterOfView = ({
  filter = {},
  saved = {},
}: {
  filter?: AppliedFilter | undefined
  saved?: AppliedFilter | undefined
}): ((album: SearchedAlbum) => Test[] | null) => {
  const [testsIn, savedIn] = [filterOf(filter), filterOf(saved)]
  return (album) => {
    const [own, more] = [testsIn(album), savedIn(album)]
    return own && more && [...own, ...more]
  }
}

/** What a filter asks of the photos of an album without a title. */
export const testsOf = (filter: AppliedFilter): Test[] => filterOf(filter)({ title: '' }) ?? [() => false]

/** The one tag that a filter asks for and nothing else, folded: such a view is read from the tag's own index. */
export const onlyTag = (filter: PhotoFilter | undefined): string | null => {
  const asked = Object.entries(filter ?? {}).filter(([, value]) => value !== undefined && !isEmpty(value))
  const [first, ...rest] = asked
  const tags = first?.[0] === 'all' || first?.[0] === 'any' ? (first[1] as string[]) : []
  return rest.length === 0 && tags.length === 1 ? foldTag(tags[0] ?? '') || null : null
}

const isEmpty = (value: unknown) => value === '' || (Array.isArray(value) && value.length === 0)

/** Whether a filter asks for nothing. */
export const isOpen = (filter: PhotoFilter = {}): boolean =>
  tagTests(filter).length + orderedTests(filter).length + parseSearch(filter.text ?? '').length === 0

import { plainText } from '../../shared/domain/fold-text.ts'
import { firstDayOf, lastDayOf } from '../../shared/domain/partial-dates.ts'
import type { SearchTerm } from '../../shared/domain/search/parse-search.ts'
import { townText } from '../places/gazetteer.ts'
import { mayHave, type AlbumTexts } from './album-texts.ts'
import type { IndexedPhoto } from './indexed-photo.ts'

type Test = (photo: IndexedPhoto) => boolean

/** For each word that stands in comments, the ids of the photos that these are of, by album (core/comments/search-comments.ts). */
export type SaidPhotos = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>

/**
 * What of an album a search looks at before its photos: its id where it has one, its title, folded, and their texts, where these are
 * known.
 */
export interface SearchedAlbum {
  album?: string
  title: string
  words?: AlbumTexts
}

/** The camera, the first line of what a photo was taken with, or the lens, the second; '' where unknown. */
const isIn = (gear: string, kind: 'camera' | 'lens', value: string) => {
  const [camera = '', lens = ''] = gear.split('\n')
  return (kind === 'camera' ? camera : lens).includes(value)
}

/** What a test says of each value of a few, kept. */
const remembered = <T>(test: (value: T) => boolean) => {
  const known = new Map<T, boolean>()
  return (value: T): boolean => {
    const there = known.get(value) ?? test(value)
    known.set(value, there)
    return there
  }
}

/** Whether a town, or its country, has whole words in its names: `sea` is not looked for in `Seattle`. */
const hasWords = (town: number, words: string) => {
  const text = townText(town)
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1))
    if (!isLetter(text[at - 1]) && !isLetter(text[at + words.length])) return true
  return false
}
const isLetter = (one: string | undefined) => one !== undefined && /[\p{L}\p{M}\p{N}]/u.test(one)

/** Whether a name of a town or of its country begins so: `lyon`, `lyon, france`, `france`. */
const isCalled = (town: number, value: string) => `\n${townText(town)}`.includes(`\n${value}`)

/** What a condition asks of a photo; true or false where the album says already whether it holds. */
const testOf = (
  term: SearchTerm,
  { album = '', title: albumTitle, words }: SearchedAlbum,
  saidPhotos: SaidPhotos,
): Test | boolean => {
  const said = 'value' in term ? saidPhotos.get(term.value)?.get(album) : undefined
  switch (term.kind) {
    case 'comment':
      return said ? ({ id }) => said.has(id) : false
    case 'album':
      return albumTitle.includes(term.value)
    case 'word':
    case 'phrase': {
      if (albumTitle.includes(term.value)) return true
      if (words && !mayHave(words, term.value)) return said ? ({ id }) => said.has(id) : false
      const inGear = remembered((gear: string) => gear.includes(term.value))
      const inTown = remembered((town: number) => hasWords(town, term.value))
      const holds: Test = ({ text, gear, town }) => text.includes(term.value) || inGear(gear) || inTown(town)
      return said ? (photo) => holds(photo) || said.has(photo.id) : holds
    }
    case 'place': {
      const fits = remembered((town: number) => isCalled(town, term.value))
      return ({ town }) => fits(town)
    }
    case 'days':
      if (albumTitle.includes(term.value)) return true
      return ({ day }) =>
        day !== '' &&
        term.days.some(([from, to]) => firstDayOf(day) >= from && (to === '' || lastDayOf(day) <= to))
    case 'camera':
    case 'lens': {
      const { kind, value } = term
      const inGear = remembered((gear: string) => isIn(gear, kind, value))
      return ({ gear }) => inGear(gear)
    }
    case 'tag': {
      const fits = remembered((tag: string) => plainText(tag).includes(term.value))
      return ({ tags }) => tags.some(fits)
    }
    case 'rating':
      return ({ rating }) => rating >= term.least && rating <= term.most
  }
}

/** What a search asks of the photos of an album; null where no photo of it can fit. */
export const testsOfTerms = (
  terms: readonly SearchTerm[],
  album: SearchedAlbum,
  said: SaidPhotos,
): Test[] | null => {
  const tests: Test[] = []
  for (const term of terms) {
    const test = testOf(term, album, said)
    if (test === term.not) return null
    if (typeof test === 'function') tests.push(term.not ? (photo) => !test(photo) : test)
  }
  return tests
}

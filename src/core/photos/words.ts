import { setImmediate } from 'node:timers/promises'
import { nearestWord, maxEdits } from '../../shared/domain/search/nearest-word.ts'
import { parseSearch, type SearchTerm } from '../../shared/domain/search/parse-search.ts'
import { saidWordsOf } from '../comments/search-comments.ts'
import { readableAlbums } from '../albums/visible-albums.ts'
import type { Session } from '../gallery/session.ts'
import { onRedis } from '../redis/errors.ts'
import { keptOf } from './photo-counts.ts'
import { townText } from '../places/gazetteer.ts'
import { albumIndexesOf, type AlbumIndex } from './photo-index.ts'

type Words = Map<string, number>

const shortest = 3

const add = (words: Words, text: string, times = 1) => {
  for (const word of text.split(/[^\p{L}\p{M}\p{N}]+/u))
    if (word.length >= shortest && !/^\d+$/.test(word)) words.set(word, (words.get(word) ?? 0) + times)
}

/**
 * The words of an album's photos, and how many of them have each. Others are answered in between, as an album may have a hundred
 * thousand.
 */
const wordsOf = keptOf(async (photos): Promise<Words> => {
  const words: Words = new Map()
  const towns = new Map<number, number>()
  let read = 0
  for (const { text, gear, town } of photos.values()) {
    add(words, text)
    add(words, gear)
    towns.set(town, (towns.get(town) ?? 0) + 1)
    if (++read % 2000 === 0) await setImmediate()
  }
  for (const [town, times] of towns) add(words, townText(town), times)
  return words
})

/** Whether a word stands in an album as a search finds it: in its title, or in any part of a word. */
const isFound = (value: string, { title }: AlbumIndex, words: Words) =>
  title.includes(value) || [...words.keys()].some((word) => word.includes(value))

/** The words of a search that a letter may be wrong in. */
const doubtful = (terms: SearchTerm[]) =>
  terms.flatMap((term) =>
    term.kind === 'word' &&
    !term.not &&
    maxEdits(term.value.length) > 0 &&
    /^[\p{L}\p{M}\p{N}]+$/u.test(term.value)
      ? [term]
      : [],
  )

/**
 * A search with the nearest words of the gallery in place of those that are found nowhere in it; null where all are found, or
 * nothing is near. Only albums that the caller may read are looked at.
 */
export const nearestSearch = (session: Session, album: string | null, text: string): Promise<string | null> =>
  onRedis(async () => {
    const terms = doubtful(parseSearch(text))
    if (terms.length === 0) return null
    const indexes = await albumIndexesOf(session, album === null ? await readableAlbums(session) : [album])
    const said = new Map(await saidWordsOf(session, text, album))
    let missing = terms.filter(({ value }) => !said.has(value))
    if (missing.length === 0) return null
    const all: Words = new Map()
    for (const index of indexes) {
      const words = await wordsOf(index.photos)
      missing = missing.filter(({ value }) => !isFound(value, index, words))
      if (missing.length === 0) return null
      for (const [word, count] of words) all.set(word, (all.get(word) ?? 0) + count)
      add(all, index.title)
      await setImmediate()
    }
    let nearest = text
    for (const { value, from, to } of missing.toReversed()) {
      const word = nearestWord(value, all)
      if (word === null) return null
      nearest = nearest.slice(0, from) + word + nearest.slice(to)
    }
    return nearest
  })

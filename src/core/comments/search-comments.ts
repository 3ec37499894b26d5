import { parseSearch, type SearchTerm } from '../../shared/domain/search/parse-search.ts'
import type { FoundInComments } from '../../shared/schemas/comment.ts'
import { readableAlbums, searchedAlbums } from '../albums/visible-albums.ts'
import type { Session } from '../gallery/session.ts'
import { readScores } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import { shownComments } from './shown-comments.ts'

/** A comment with one of the words that are looked for. `photo` empty: it is of the album itself. */
interface Hit {
  album: string
  photo: string
  plain: string
}

/** A word that stands in comments, and the photos that these are of, by album. */
export type SaidWord = readonly [word: string, photos: readonly (readonly [album: string, ids: string[]])[]]

/** The comments of some albums that have one of some words, folded. */
const hitsIn = async (session: Session, albums: string[], words: string[]): Promise<Hit[]> => {
  if (words.length === 0) return []
  const has = ({ plain }: { plain: string }) => words.some((word) => plain.includes(word))
  const shown = await shownComments(session, albums, has)
  return shown.map(({ album, one: { parts, plain } }) => ({ album, photo: parts[0] ?? '', plain }))
}

/** The words of a search that are looked for in comments too. */
const wordsIn = (terms: readonly SearchTerm[]) => [
  ...new Set(
    terms.flatMap((term) =>
      term.kind === 'word' || term.kind === 'phrase' || term.kind === 'comment' ? [term.value] : [],
    ),
  ),
]

const photosOf = (hits: Hit[]): SaidWord[1] =>
  [...Map.groupBy(hits, ({ album }) => album)].map(([album, own]) => [
    album,
    [...new Set(own.flatMap(({ photo }) => photo || []))].sort(),
  ])

/** For each word of a search that stands in comments of some albums, the photos that these are of. */
const saidWords = (session: Session, albums: string[], terms: readonly SearchTerm[]): Promise<SaidWord[]> =>
  onRedis(async () => {
    const words = wordsIn(terms)
    const hits = await hitsIn(session, albums, words)
    return words.flatMap((word): SaidWord[] => {
      const own = hits.filter(({ plain }) => plain.includes(word))
      return own.length > 0 ? [[word, photosOf(own)]] : []
    })
  })

/** How many of some photos stand in their albums: others are in the trash, or behind another. */
const countShown = async ({ redis, keys }: Session, photos: Hit[]) => {
  let count = 0
  for (const [album, own] of Map.groupBy(photos, (hit) => hit.album)) {
    const ids = [...new Set(own.map(({ photo }) => photo))]
    const [scores = []] = await readScores(redis, [keys.albumPhotos(album)], ids)
    count += scores.filter((score) => score !== null).length
  }
  return count
}

/**
 * What the words of a search are found in of what was said: how many photos, of which comments have all of them, and the albums of which
 * comments of the album itself have. FORBIDDEN where the caller may not read the album.
 */
export const findInComments = (
  session: Session,
  album: string | null,
  text: string,
): Promise<FoundInComments> =>
  onRedis(async () => {
    const words = wordsIn(parseSearch(text).filter(({ not }) => !not))
    const albums = album === null ? await readableAlbums(session) : [album]
    const hits = await hitsIn(session, albums, words)
    const whole = [...Map.groupBy(hits, (hit) => `${hit.album}/${hit.photo}`).values()].filter((own) =>
      words.every((word) => own.some(({ plain }) => plain.includes(word))),
    )
    const ofAlbums = whole.filter(([first]) => first?.photo === '')
    return {
      photos: await countShown(
        session,
        whole.flat().filter(({ photo }) => photo !== ''),
      ),
      albums: ofAlbums.map((own) => ({ album: own[0]?.album ?? '', comments: own.length })),
    }
  })

/** As `saidWords`, in the album of a view or in all that the caller may read. */
export const saidWordsOf = async (
  session: Session,
  text: string,
  album: string | null,
): Promise<SaidWord[]> => {
  const terms = parseSearch(text)
  return wordsIn(terms).length === 0 ? [] : saidWords(session, await searchedAlbums(session, album), terms)
}

import { plainText } from '../fold-text.ts'
import { readDays, type Days } from './search-dates.ts'

/** One condition of a search. `from` and `to`: where it stands in the text that was typed. */
export type SearchTerm = { from: number; to: number; not: boolean } & (
  | { kind: 'word' | 'phrase' | 'camera' | 'lens' | 'tag' | 'album' | 'place' | 'comment'; value: string }
  /** `value`: the words themselves, folded, as an album may be called by them. */
  | { kind: 'days'; days: readonly Days[]; value: string }
  /** Stars, both included. */
  | { kind: 'rating'; least: number; most: number }
)

interface Token {
  from: number
  to: number
  not: boolean
  /** Before the colon, folded; '' where there is none. */
  field: string
  /** Folded. */
  value: string
  quoted: boolean
}

const fields: Record<string, 'camera' | 'lens' | 'tag' | 'album' | 'place' | 'comment' | 'rating'> = {
  camera: 'camera',
  appareil: 'camera',
  lens: 'lens',
  objectif: 'lens',
  tag: 'tag',
  etiquette: 'tag',
  album: 'album',
  place: 'place',
  lieu: 'place',
  comment: 'comment',
  commentaire: 'comment',
  rating: 'rating',
  note: 'rating',
}

/** A minus before, a name with a colon, and a word or several between quotation marks of any kind. */
const token = /(-?)(?:(\p{L}+):)?(?:["“”„«]\s*([^"“”„«»]*?)\s*(?:["“”»]|$)|([^\s"“”„«»]+))/gu

const tidy = (text: string) => plainText(text).replace(/\s+/g, ' ').trim()

const tokensOf = (text: string): Token[] =>
  [...text.matchAll(token)].flatMap((match) => {
    const [whole, minus, name = '', quoted, bare = ''] = match
    const known = Object.hasOwn(fields, plainText(name)) ? plainText(name) : ''
    // `12:30` and `foo:bar` are words as they stand.
    const value = tidy(known || !name ? (quoted ?? bare) : `${name}:${quoted ?? bare}`)
    const place = { from: match.index, to: match.index + whole.length }
    if (/^-+$/.test(whole)) return [{ ...place, not: false, field: '', value: '-', quoted: false }]
    if (value === '') return []
    return [{ ...place, not: minus !== '', field: known, value, quoted: quoted !== undefined }]
  })

/** Arabic writes figures of its own: `٢٠١٩` is 2019. */
const inPlainFigures = (word: string) =>
  word.replace(/[٠-٩۰-۹]/g, (figure) => String((figure.codePointAt(0) ?? 0) & 0xf))

const starsOf = (value: string): [least: number, most: number] | null => {
  const [, sign, figure, plus] = /^(>=|≥|<=|≤|>|<|=)?([0-5])(\+)?$/.exec(value) ?? []
  if (figure === undefined) return null
  const stars = Number(figure)
  if (sign === '>=' || sign === '≥' || plus) return [stars, 5]
  if (sign === '<=' || sign === '≤') return [0, stars]
  if (sign === '>') return [stars + 1, 5]
  return sign === '<' ? [0, stars - 1] : [stars, stars]
}

const termOf = ({ from, to, not, field, value, quoted }: Token): SearchTerm => {
  const place = { from, to, not }
  const kind = fields[field]
  if (kind === undefined) return { ...place, kind: quoted ? 'phrase' : 'word', value }
  if (kind !== 'rating') return { ...place, kind, value }
  const stars = starsOf(value)
  if (stars === null) return { ...place, kind: 'word', value: `${field}:${value}` }
  return { ...place, kind, least: stars[0], most: stars[1] }
}

/**
 * What a text asks for: words (all must be found), `"quoted phrases"`, days in words (`summer 2019`, `avant 2010`) of any language of the window,
 * `camera:` `lens:` `tag:` `album:` `place:` `comment:` `rating:>=4`, each of them with a minus before it for photos without it.
 */
export const parseSearch = (text: string): SearchTerm[] => {
  const tokens = tokensOf(text)
  const isPlain = ({ field, quoted }: Token) => field === '' && !quoted
  // What is quoted or has a name is no part of a date.
  const words = tokens.map((one) => (isPlain(one) ? one.value : ''))
  const dated = words.map(inPlainFigures)
  const terms: SearchTerm[] = []
  for (let at = 0; at < tokens.length;) {
    const first = tokens[at]
    if (!first) break
    const read = isPlain(first) ? readDays(dated, at) : null
    const last = read && tokens[read.next - 1]
    if (read && last && tokens.slice(at + 1, read.next).every(({ not }) => !not)) {
      const value = words.slice(at, read.next).join(' ')
      terms.push({ kind: 'days', days: read.days, value, not: first.not, from: first.from, to: last.to })
      at = read.next
    } else {
      if (first.value !== '-') terms.push(termOf(first))
      at++
    }
  }
  return terms
}

/** The text without one of its conditions. */
export const withoutTerm = (text: string, { from, to }: Pick<SearchTerm, 'from' | 'to'>): string =>
  `${text.slice(0, from).trimEnd()} ${text.slice(to).trimStart()}`.trim()

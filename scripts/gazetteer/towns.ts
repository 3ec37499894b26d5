import { plainText } from '../../src/shared/domain/fold-text.ts'

/** Kinds of GeoNames that are no towns, or no longer: parts of towns, and places that were left or destroyed. */
const leftOut = ['PPLX', 'PPLH', 'PPLW', 'PPLQ', 'PPLCH']

/** Towns of so many inhabitants have names in other languages that people look for. */
const knownAbroad = 50_000
/** Names of one town at most, its own among them. */
const maxNames = 100

/** A name as people write it: in Latin letters, with a capital first; others are transliterations, or codes of airports. */
const isName = (name: string) =>
  /^\p{Lu}[\p{Script=Latin}\p{M} '’.-]+$/u.test(name) && /\p{Ll}/u.test(name) && name.length <= 40

const namesOf = (name: string, others: string, inhabitants: number) => {
  const foreign = inhabitants < knownAbroad ? [] : others.split(',').filter(isName)
  const folded = foreign.map(plainText).filter((one) => /^[a-z .-]+$/.test(one))
  return [...new Set([plainText(name), ...folded])].slice(0, maxNames)
}

const rounded = (degrees: string | undefined) => String(Number(Number(degrees).toFixed(4)))

/** A line of GeoNames's table of places, as a line of ours and with its inhabitants; null where it is no town. */
const townOf = (line: string) => {
  const [, name = '', , others = '', latitude, longitude, , kind = '', country = '', ...rest] =
    line.split('\t')
  const inhabitants = Number(rest[5]) || 0
  if (!name || leftOut.includes(kind) || !/^[A-Z]{2}$/.test(country)) return null
  const names = namesOf(name, others, inhabitants).join('|')
  const place = [rounded(latitude), rounded(longitude)]
  return { inhabitants, line: [name, country, ...place, inhabitants, names].join('\t') }
}

/** The lines of the gazetteer (src/core/places/gazetteer.ts) of those of GeoNames: the largest towns first. */
export const townsOf = (table: string): string[] =>
  table
    .split('\n')
    .flatMap((line) => townOf(line) ?? [])
    .sort((a, b) => b.inhabitants - a.inhabitants)
    .map(({ line }) => line)

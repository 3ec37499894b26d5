import { promisify } from 'node:util'
import { brotliDecompress } from 'node:zlib'
import { plainText } from '../../shared/domain/fold-text.ts'
import { readTable, type TownTable } from './town-table.ts'
import { nearestTown } from './nearest-town.ts'

/** A town, with its country as ISO 3166-1 alpha-2. */
interface Town {
  name: string
  country: string
  latitude: number
  longitude: number
}

/** Texts of towns that are kept: those that photos were taken near are asked for again with each search. */
const maxKeptTexts = 20_000

const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
const french = new Intl.DisplayNames('fr', { type: 'region', fallback: 'none' })
const knownCountries = new Map<string, string[]>()

/** What a country is called in English and in French, folded. */
const countryNames = (country: string): string[] => {
  const known = knownCountries.get(country)
  if (known) return known
  const names = [english, french].map((one) => plainText(one.of(country) ?? '')).filter((name) => name !== '')
  knownCountries.set(country, names)
  return names
}

/**
 * The towns of the world with 500 inhabitants and more, by GeoNames (docs/adr/0027-names-of-places.md). A town is known by its number:
 * the largest is 0.
 */
export class Gazetteer {
  readonly #table: TownTable
  readonly #texts = new Map<number, string>()

  constructor(table: TownTable) {
    this.#table = table
  }

  /** The town that a place is said to be near, and how far away its middle is; null where there is none for 80 km. */
  nearest(latitude: number, longitude: number): { town: number; km: number } | null {
    return nearestTown(this.#table, latitude, longitude)
  }

  town(n: number): Town {
    const [name = '', country = '', latitude, longitude] = this.#table.fieldsOf(n)
    return { name, country, latitude: Number(latitude), longitude: Number(longitude) }
  }

  /**
   * What a town is found by, folded, one a line: its names, those with its country behind, and the country alone, in English and in
   * French.
   */
  textOf(n: number): string {
    const known = this.#texts.get(n)
    if (known !== undefined) return known
    const fields = this.#table.fieldsOf(n)
    const names = (fields[5] ?? '').split('|')
    const countries = countryNames(fields[1] ?? '')
    const whole = names.flatMap((name) => [name, ...countries.map((country) => `${name}, ${country}`)])
    const text = [...whole, ...countries].join('\n')
    if (this.#texts.size >= maxKeptTexts) this.#texts.clear()
    this.#texts.set(n, text)
    return text
  }

  /** The largest towns that have a name which begins as a text does, or a word of it; behind a comma the country may follow. */
  find(text: string, limit: number): number[] {
    const [name = '', country = ''] = plainText(text)
      .split(',')
      .map((part) => part.replace(/\s+/g, ' ').trim())
    if (!/^\p{L}[^\t\n|]*$/u.test(name)) return []
    const isThere = (town: number) =>
      country === '' || countryNames(this.town(town).country).some((one) => one.startsWith(country))
    return this.#table.withName(name, isThere, limit)
  }
}

/** More than the table has: unpacked in one piece, it is not copied together from many. */
const tableBytes = 12 * 1024 ** 2

let opened: Gazetteer | null = null
let opening: Promise<Gazetteer> | null = null

const open = async () => {
  const { default: url } = await import('./towns.tsv.br?url&inline')
  const packed = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
  opened = new Gazetteer(
    await readTable(await promisify(brotliDecompress)(packed, { chunkSize: tableBytes })),
  )
  return opened
}

/** Read once for the whole process, by whoever needs it first: some 50 MB of memory, and no network. */
export const openGazetteer = (): Promise<Gazetteer> => (opening ??= open())

/** What a town is found by (Gazetteer.textOf); '' for none. Towns are known only where the gazetteer was opened. */
export const townText = (town: number): string => (town < 0 ? '' : (opened?.textOf(town) ?? ''))

import { plainText } from '../../shared/domain/fold-text.ts'
import type { PhotoLocation } from '../../shared/domain/refs.ts'
import type { FieldLimits } from '../redis/claims.ts'
import { line, number } from './field-values.ts'
import { addedTime, dateOf } from './photo-dates.ts'
import { nowhere, packPlace } from './place.ts'
import { detailFields, splitField } from './photo-record.ts'
import { tieFields } from './ties.ts'

/** What photos are filtered and sorted by. */
export interface IndexedPhoto extends PhotoLocation {
  /** Its time in the album, in milliseconds since 1970. */
  time: number
  /** Day taken, `2024-05-31`, by the clock where it was taken; `2024-05` or `2024` where no more is known, empty where nothing is. */
  day: string
  /** Neither its file nor a user says when it was taken, not even about. */
  undated: boolean
  /** Where it was taken (place.ts); below 0 where nothing says it. */
  place: number
  /** The town that it was taken near, as the gazetteer counts them (core/places); below 0 where none is known. */
  town: number
  title: string
  /** Of its file, as it decides among photos that are equal otherwise (ranked.ts). */
  name: string
  /** What its path begins with (pathOf). */
  folder: string
  added: number
  rating: number
  flag: string | null
  label: string | null
  /** As it is kept, be it one of the gallery's or not. */
  status: string | null
  /** As it was written, be it a rank or not (manual-order.ts). */
  rank: string | null
  camera: string
  missing: boolean
  video: boolean
  /** Folded. */
  tags: string[]
  /** Camera and lens, folded, one a line: they are the same of many photos. */
  gear: string
  /** Title, file name, caption and tags, folded (plainText). */
  text: string
}

/** The path of a photo's file, which decides among photos of one name. Folders are kept once for all their photos. */
export const pathOf = ({ folder, name }: Pick<IndexedPhoto, 'folder' | 'name'>): string =>
  folder.endsWith('\0') ? folder.slice(0, -1) : folder + name

/** Of a path that does not end in the file's name, all of it, marked by a letter that no path has. */
const folderOf = (path: string, name: string) =>
  path.endsWith(name) ? path.slice(0, path.length - name.length) : `${path}\0`

/** Values that many photos have, each kept once. */
export class Shared {
  readonly #texts = new Map<string, string>()
  readonly #plain = new Map<string, string>()
  readonly #tags = new Map<string, string[]>()

  text(text: string): string {
    const known = this.#texts.get(text)
    if (known === undefined) this.#texts.set(text, text)
    return known ?? text
  }

  /** Folded. */
  plain(text: string): string {
    const known = this.#plain.get(text) ?? plainText(text)
    this.#plain.set(text, known)
    return known
  }

  tags(field: string | null | undefined): string[] {
    const known = this.#tags.get(field ?? '') ?? splitField(field ?? undefined)
    this.#tags.set(field ?? '', known)
    return known
  }
}

/** No more than these, as they are read of a hundred thousand photos. */
const { title, taken, dated, added, missing, rating, flag, label, rank, type, lat, lon, status } =
  detailFields
export const indexedFields = {
  ...tieFields,
  ...{ title, caption: 40_000, taken, dated, added, missing, rating, flag, label, rank },
  ...{ camera: 1024, tags: 80_400, type, lens: 1024, lat, lon, status },
} as const satisfies FieldLimits

const asNumber = (text: string | null | undefined) => {
  const value = text ? Number(text) : Number.NaN
  return Number.isFinite(value) ? value : null
}

type Row = readonly (string | null | undefined)[]

/** What the fields of a record say, in their order. Checked by hand: schemas would take longer than Redis does. */
export const toIndexedPhoto = (
  album: string,
  id: string,
  time: number,
  row: Row,
  shared: Shared,
): IndexedPhoto => {
  const [name, path, title, caption, taken, dated, added, missing, ...marked] = row
  const [rating, flag, label, rank, camera, tagged, type, lens, lat, lon, status] = marked
  const tags = shared.tags(tagged)
  const words = [title, name, caption, ...tags]
  const day = /^\d{4}-\d\d-\d\d/.exec(dated || taken || '')?.[0] ?? (dateOf(taken) ?? '').slice(0, 10)
  return {
    id,
    album,
    time,
    day: shared.text(day),
    undated: day === '',
    place: lat && lon ? packPlace(number(lat, -90, 90), number(lon, -180, 180)) : nowhere,
    town: -1,
    title: line(title || name || id),
    name: name ?? '',
    folder: shared.text(folderOf(path ?? '', name ?? '')),
    added: addedTime(added || undefined),
    rating: Math.min(5, Math.max(0, Math.trunc(asNumber(rating) ?? 0))),
    flag: flag || null,
    label: label || null,
    status: status ? shared.text(status) : null,
    rank: rank || null,
    camera: shared.text(line(camera ?? '')),
    missing: Boolean(missing),
    video: type?.startsWith('video/') ?? false,
    tags,
    gear: shared.plain([camera, lens].filter(Boolean).join('\n')),
    text: plainText(words.filter(Boolean).join('\n')),
  }
}

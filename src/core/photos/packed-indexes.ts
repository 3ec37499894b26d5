import { setImmediate } from 'node:timers/promises'
import { chunksOf } from '../../shared/domain/chunks.ts'
import { nameTowns } from '../places/near-place.ts'
import { albumTexts } from './album-texts.ts'
import type { IndexedPhoto } from './indexed-photo.ts'
import type { AlbumIndex } from './photo-index.ts'

/*
 * The indexes of some albums as one text, from which they are made again in a tenth of the time that their records take to be read:
 * lines of JSON, each with some albums or a part of one, in which each field is one list, and what many photos have stands once.
 */

/** Photos of one line, which is made or read in one go: others are answered in between. */
const photosInLine = 4000

const often = ['day', 'folder', 'camera', 'gear', 'label', 'status', 'flag', 'rank'] as const
const numbers = ['time', 'place', 'added', 'rating'] as const
const marks = ['undated', 'missing', 'video'] as const

type Often = (typeof often)[number]
type Numeric = (typeof numbers)[number]

interface PackedAlbum extends Record<Often | Numeric, number[]> {
  id: string
  last: string
  title: string
  ids: string[]
  names: string[]
  /** 0: the photo's name. */
  titles: (string | 0)[]
  texts: string[]
  tags: number[]
  /** A bit for each of `marks`. */
  marked: number[]
}

interface Line {
  values: (string | null)[]
  tags: string[][]
  albums: PackedAlbum[]
}

/** An album, or a part of one. */
interface Part extends Pick<AlbumIndex, 'last' | 'title'> {
  id: string
  photos: IndexedPhoto[]
}

/** Values that are told by their number from then on. */
class Numbered<T> {
  readonly all: T[] = []
  readonly #numbers = new Map<T | string, number>()

  /** `name`: what is the same of two values that are. */
  of(value: T, name: T | string = value): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    this.#numbers.set(name, this.all.length)
    return this.all.push(value) - 1
  }
}

const bitsOf = (photo: IndexedPhoto) => marks.reduce((bits, mark, n) => bits + (photo[mark] ? 2 ** n : 0), 0)

const packPart = (
  { photos, ...album }: Part,
  values: Numbered<string | null>,
  tags: Numbered<string[]>,
): PackedAlbum => {
  const lists = [
    ...often.map((field) => [field, photos.map((photo) => values.of(photo[field]))]),
    ...numbers.map((field) => [field, photos.map((photo) => photo[field])]),
  ]
  return {
    ...(Object.fromEntries(lists) as Record<Often | Numeric, number[]>),
    ...album,
    ids: photos.map(({ id }) => id),
    names: photos.map(({ name }) => name),
    titles: photos.map(({ title, name }) => (title === name ? 0 : title)),
    texts: photos.map(({ text }) => text),
    tags: photos.map((photo) => tags.of(photo.tags, photo.tags.join('\n'))),
    marked: photos.map(bitsOf),
  }
}

const packLine = (parts: Part[]): string => {
  const [values, tags] = [new Numbered<string | null>(), new Numbered<string[]>()]
  const albums = parts.map((part) => packPart(part, values, tags))
  return JSON.stringify({ values: values.all, tags: tags.all, albums } satisfies Line)
}

/** An album that has no photo is one part all the same. */
const partsOf = ([id, { last, title, photos }]: [string, AlbumIndex]): Part[] => {
  const parts = chunksOf([...photos.values()], photosInLine)
  return (parts.length > 0 ? parts : [[]]).map((some) => ({ id, last, title, photos: some }))
}

/** Indexes by their albums as a text. */
export const packIndexes = async (indexes: ReadonlyMap<string, AlbumIndex>): Promise<string> => {
  const lines: string[] = []
  let [waiting, count]: [Part[], number] = [[], 0]
  const end = async () => {
    if (waiting.length > 0) lines.push(packLine(waiting))
    ;[waiting, count] = [[], 0]
    await setImmediate()
  }
  for (const part of [...indexes].flatMap(partsOf)) {
    if (count + part.photos.length > photosInLine) await end()
    waiting.push(part)
    count += part.photos.length
  }
  await end()
  return lines.join('\n')
}

const unpackPart = (packed: PackedAlbum, { values, tags }: Line): IndexedPhoto[] => {
  const text = (list: number[], n: number) => values[list[n] ?? -1] ?? ''
  const optional = (list: number[], n: number) => values[list[n] ?? -1] ?? null
  return packed.ids.map((id, n) => {
    const [name, marked] = [packed.names[n] ?? '', packed.marked[n] ?? 0]
    return {
      id,
      album: packed.id,
      time: packed.time[n] ?? 0,
      day: text(packed.day, n),
      undated: (marked & 1) > 0,
      place: packed.place[n] ?? -1,
      town: -1,
      title: packed.titles[n] || name,
      name,
      folder: text(packed.folder, n),
      added: packed.added[n] ?? 0,
      rating: packed.rating[n] ?? 0,
      flag: optional(packed.flag, n),
      label: optional(packed.label, n),
      status: optional(packed.status, n),
      rank: optional(packed.rank, n),
      camera: text(packed.camera, n),
      missing: (marked & 2) > 0,
      video: (marked & 4) > 0,
      tags: tags[packed.tags[n] ?? -1] ?? [],
      gear: text(packed.gear, n),
      text: packed.texts[n] ?? '',
    }
  })
}

/** The indexes of a text that was made by `packIndexes`, of this version. Towns are named anew. */
export const unpackIndexes = async (text: string): Promise<Map<string, AlbumIndex>> => {
  const found = new Map<string, Pick<AlbumIndex, 'last' | 'title' | 'photos'>>()
  for (const one of text.split('\n').filter(Boolean)) {
    const line = JSON.parse(one) as Line
    for (const { id, last, title, ...rest } of line.albums) {
      const album = found.get(id) ?? { last, title, photos: new Map<string, IndexedPhoto>() }
      found.set(id, album)
      const photos = unpackPart({ id, last, title, ...rest }, line)
      await nameTowns(photos)
      for (const photo of photos) album.photos.set(photo.id, photo)
    }
    await setImmediate()
  }
  return new Map(
    [...found].map(([id, album]) => [id, { ...album, album: id, words: albumTexts(album.photos) }]),
  )
}

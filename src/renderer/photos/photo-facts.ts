import type { PhotoDetails, SharedDetails } from '../../shared/schemas/photo.ts'
import * as format from '../i18n/format.ts'
import { adjustmentWords } from '../adjust/adjustment-words.ts'
import { adjustmentOf } from '../adjust/adjusted.ts'
import { wholeOf } from '../adjust/whole.ts'
import { counted, number, t } from '../i18n/index.ts'
import { nearTown } from '../i18n/town-name.ts'

const sizeOf = (photo: PhotoDetails) =>
  `${format.pixels(wholeOf(photo))}\n${format.bytes(photo.bytes)} · ${photo.type.replace(/^(?:image|video)\/(?:x-)?/, '').toUpperCase()}`

/** When it was taken, and below it who says so where the file does not. */
const takenOf = ({ takenAt, dated, datedByName, fileDate }: PhotoDetails) => {
  const date = format.takenLong(takenAt)
  if (dated) return `${date}\n${t('datedByHand')}`
  if (datedByName) return `${date}\n${t('datedByName')}`
  if (takenAt !== null || fileDate === null) return date
  return `${date}\n${t('datedByFile', { date: format.momentHere(fileDate) })}`
}

const heightOf = ({ altitude }: PhotoDetails) => {
  if (altitude === null) return null
  const height = Math.round(altitude)
  return t(height < 0 ? 'depth' : 'altitude', { n: number(Math.abs(height)) })
}

const placeOf = (photo: PhotoDetails) => {
  const point = format.place(photo)
  if (point === null) return null
  return [photo.near && nearTown(photo.near), point, heightOf(photo)].filter(Boolean).join('\n')
}

/** What is adjusted, and how large the picture is then. */
const adjustedOf = (photo: PhotoDetails) =>
  photo.adjusted && [...adjustmentWords(adjustmentOf(photo)), format.pixels(photo)].join('\n')

const damageOf = ({ damage }: PhotoDetails) => {
  if (damage === null) return null
  return t(damage === 'cut' ? 'damageCut' : 'damageBroken')
}

const filmOf = ({ video, duration, codecs }: PhotoDetails) => {
  if (!video) return null
  const parts = [duration === null ? null : format.duration(duration), codecs && format.codecs(codecs)]
  return parts.filter(Boolean).join('\n') || null
}

/** A line of the information panel: its name, and its value of one or more lines. */
export type Fact = readonly [name: string, value: string]

/** Everything that is known of a photo, in the order in which it is told. `album`: the title of the one that it is in. */
export const factsOf = (photo: PhotoDetails, album: string | null): Fact[] => {
  const facts: [string, string | null][] = [
    [t('taken'), takenOf(photo)],
    [t('size'), sizeOf(photo)],
    [t('edits'), adjustedOf(photo)],
    [t('duration'), filmOf(photo)],
    [t('camera'), photo.camera],
    [t('lens'), photo.lens],
    [t('exposure'), format.exposure(photo)],
    [t('place'), placeOf(photo)],
    [t('damage'), damageOf(photo)],
    [t('creator'), photo.creator],
    [t('copyright'), photo.copyright],
    [t('album'), album],
    [t('file'), photo.path],
    [t('computer'), photo.host],
    [t('added'), format.momentHere(photo.addedAt)],
  ]
  return facts.flatMap(([name, value]): Fact[] => (value ? [[name, value]] : []))
}

/** So many albums are told by name. */
const maxAlbumsTold = 6

const datesOf = ({ first, last, undated, photos }: SharedDetails) => {
  if (undated === photos) return t('unknownDate')
  const dates = first !== null && last !== null ? format.days(first, last) : null
  return [dates, undated > 0 ? counted('withoutDate', undated) : null].filter(Boolean).join('\n')
}

const albumsOf = ({ albums }: SharedDetails, titleOf: (album: string) => string | undefined) => {
  const told = albums.slice(0, albums.length > maxAlbumsTold ? maxAlbumsTold - 1 : maxAlbumsTold)
  const lines = told.map(({ album, photos }) => {
    const title = titleOf(album) ?? t('anotherAlbum')
    return albums.length > 1 ? `${title} (${number(photos)})` : title
  })
  const rest = albums.length - told.length
  return [...lines, ...(rest > 0 ? [counted('andAlbums', rest)] : [])].join('\n')
}

/** What several photos have in common, in the same order; what differs is told as such. */
export const factsInCommon = (
  common: SharedDetails,
  titleOf: (album: string) => string | undefined,
): Fact[] => {
  const valueOf = (field: 'camera' | 'lens') => (common.mixed.includes(field) ? t('mixed') : common[field])
  const facts: [string, string | null][] = [
    [t('taken'), datesOf(common)],
    [t('size'), format.bytes(common.bytes)],
    [t('camera'), valueOf('camera')],
    [t('lens'), valueOf('lens')],
    [t(common.albums.length > 1 ? 'albums' : 'album'), albumsOf(common, titleOf)],
  ]
  return facts.flatMap(([name, value]): Fact[] => (value ? [[name, value]] : []))
}

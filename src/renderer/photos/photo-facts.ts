import type { PhotoDetails } from '../../shared/schemas/photo.ts'
import * as format from '../i18n/format.ts'
import { adjustmentWords } from '../adjust/adjustment-words.ts'
import { adjustmentOf } from '../adjust/adjusted.ts'
import { wholeOf } from '../adjust/whole.ts'
import { number, t } from '../i18n/index.ts'

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

const placeOf = (photo: PhotoDetails) => {
  const point = format.place(photo)
  if (point === null || photo.altitude === null) return point
  const height = Math.round(photo.altitude)
  return `${point}\n${t(height < 0 ? 'depth' : 'altitude', { n: number(Math.abs(height)) })}`
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

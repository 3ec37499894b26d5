import { labels } from '../../../../shared/domain/marks.ts'
import { numbersOf, textsOf, type TagValue } from './tag-set.ts'

/**
 * Makes of a tag what a photo's record holds: undefined where the tag tells nothing, so that the next one is asked; empty
 * where it tells that there is none.
 */
export type Parse = (value: TagValue) => string | undefined

/** Characters of a text of one line and of a caption, at most: as many as users can enter (core/changes/edit.ts). */
const maxLine = 200
const maxCaption = 10_000

/** Cut to so many UTF-16 units, without half of a character at the end. */
const cut = (text: string, most: number) =>
  text
    .slice(0, most)
    .replace(/[\ud800-\udbff]$/, '')
    .trim()

const cleanLine = (text: string) =>
  cut(
    text
      .normalize('NFC')
      .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
      .trim(),
    maxLine,
  )

/** A text of one line: control characters are blanks in it. */
export const line: Parse = (value) => cleanLine(textsOf(value)[0] ?? '') || undefined

/** Several texts in one line. */
export const names: Parse = (value) =>
  cleanLine(
    textsOf(value)
      .map((text) => text.trim())
      .filter(Boolean)
      .join(', '),
  ) || undefined

/** What cameras write into every picture, whatever is in it. */
const phrases =
  /^(?:OLYMPUS DIGITAL CAMERA|SONY DSC|DCIM|Default|default|Exif_JPEG_PICTURE|KONICA MINOLTA DIGITAL CAMERA|MINOLTA DIGITAL CAMERA|DIGITAL CAMERA|SAMSUNG( DIGITAL CAMERA)?|charset=\S+ .*|<?(?:none|unknown|untitled)>?|\.|-+)$/i

/** A text of several lines, as captions are. */
export const caption: Parse = (value) => {
  const text = cut(
    (textsOf(value)[0] ?? '')
      .normalize('NFC')
      .replace(/\r\n?|\u2028|\u2029/g, '\n')
      .replace(/[^\P{Cc}\n\t]+/gu, ' ')
      .trim(),
    maxCaption,
  )
  return text === '' || phrases.test(text) ? undefined : text
}

const decimal = (value: number) => String(Number(value.toPrecision(9)))

/** A number between two, as the tag has it or made of what it has. */
const number =
  (least: number, most: number, make: (value: number) => number = (value) => value): Parse =>
  (value) => {
    const made = make(numbersOf(value)[0] ?? Number.NaN)
    return made >= least && made <= most ? decimal(made) : undefined
  }

/** APEX writes apertures as 2·log2(N) and exposure times as -log2(t). */
export const aperture = number(0.3, 1000)
export const apexAperture = number(0.3, 1000, (value) => Number((2 ** (value / 2)).toFixed(1)))
export const exposure = number(1e-7, 1e6)
export const apexExposure = number(1e-7, 1e6, (value) => Number((2 ** -value).toPrecision(3)))
/** Cameras write 5.5999999 where 5.6 is meant. */
export const focalLength = number(0.1, 1e5, (value) => Number(value.toFixed(4)))

/** EXIF's own ISO has 16 bits: 65535 stands for `more`, which other tags tell. */
export const shortIso = number(1, 65_534)
export const iso = number(1, 1e8)

export const orientation: Parse = (value) => {
  const found = numbersOf(value)[0]
  return found !== undefined && Number.isInteger(found) && found >= 1 && found <= 8
    ? String(found)
    : undefined
}

/** Lens names of lenses that say nothing of themselves. */
const noLens =
  /^(?:-+|\.+|0+(?:\.0+)?\s*mm(?:\s*f\/?0+(?:\.0+)?)?|n\/?a|none|no lens|unknown.*|manual lens.*)$/i

export const lens: Parse = (value) => {
  const name = line(value)
  return name === undefined || noLens.test(name) ? undefined : name
}

/** LensSpecification: shortest and longest focal length, then the smallest f-number at each. `24-70mm f/2.8`. */
export const lensByNumbers: Parse = (value) => {
  const [short = Number.NaN, long = Number.NaN, open = Number.NaN, close = Number.NaN] = numbersOf(value)
  const round = (n: number) => String(Number(n.toFixed(1)))
  if (!(short > 0 && short < 1e5)) return undefined
  const range = long > short && long < 1e5 ? `${round(short)}-${round(long)}mm` : `${round(short)}mm`
  if (!(open > 0 && open < 1000)) return range
  return `${range} f/${round(open)}${close > open && close < 1000 ? `-${round(close)}` : ''}`
}

/** Stars. 0 says that there are none, and -1 that the photo is rejected, which `flagByRating` reads. */
export const rating: Parse = (value) => {
  const stars = numbersOf(value)[0] ?? Number.NaN
  if (!(stars >= -1 && stars <= 99)) return undefined
  const clamped = Math.min(5, Math.max(0, Math.round(stars)))
  return clamped === 0 ? '' : String(clamped)
}

/** Windows's percentage: 1, 25, 50, 75 and 99 are one to five stars. */
export const ratingByPercent: Parse = (value) => {
  const percent = numbersOf(value)[0] ?? Number.NaN
  if (!(percent >= 0 && percent <= 100)) return undefined
  return percent === 0 ? '' : String(Math.min(5, 1 + Math.round(percent / 25)))
}

const flagBy =
  (meanings: Record<string, string>): Parse =>
  (value) => {
    const mark = numbersOf(value)[0]
    return mark === undefined ? undefined : meanings[String(mark)]
  }

export const flagByRating = flagBy({ '-1': 'reject' })
export const flagByPick = flagBy({ '-1': 'reject', '1': 'pick' })
/** digiKam's pick label: 1 rejected, 2 pending, 3 accepted. */
export const flagByPickLabel = flagBy({ '1': 'reject', '3': 'pick' })

/**
 * What Lightroom and Bridge call the colours in the languages that they come in, and Bridge's own set, in which a colour is
 * what is to be done. Purple and other words have no label here.
 */
const colours: Record<(typeof labels)[number], string> = {
  red: 'red rot rouge rosso rojo vermelho rood röd rød punainen czerwony красный červená piros kırmızı 红色 紅色 レッド 빨간색 select auswählen',
  yellow:
    'yellow gelb jaune giallo amarillo amarelo geel gul keltainen żółty жёлтый желтый žlutá sárga sarı 黄色 黃色 イエロー 노란색 second',
  green:
    'green grün vert verde groen grön grønn grøn vihreä zielony зелёный зеленый zelená zöld yeşil 绿色 綠色 グリーン 초록색 approved',
  blue: 'blue blau bleu blu azul blauw blå sininen niebieski синий modrá kék mavi 蓝色 藍色 ブルー 파란색 review',
}
const labelByWord = new Map(labels.flatMap((label) => colours[label].split(' ').map((word) => [word, label])))

export const label: Parse = (value) =>
  labelByWord.get(textsOf(value)[0]?.trim().normalize('NFC').toLowerCase() ?? '')

const labelBy =
  (meanings: Record<string, string>): Parse =>
  (value) =>
    meanings[textsOf(value)[0]?.trim() ?? '']

/** digiKam counts none, red, orange, yellow, green, blue, and more; darktable red, yellow, green, blue, purple. */
export const labelByDigikam = labelBy({ '1': 'red', '3': 'yellow', '4': 'green', '5': 'blue' })
export const labelByDarktable = labelBy({ '0': 'red', '1': 'yellow', '2': 'green', '3': 'blue' })

import { liveId } from '../../index/live-id.ts'
import { readClock, toTaken, type Taken } from '../capture-time.ts'
import type { VideoFacts } from './facts.ts'

type Tags = VideoFacts['tags']

const longest = 200

/** The first of some tags that is there, as a line of text. */
const textOf = (tags: Tags, ...names: string[]): string | undefined => {
  for (const name of names) {
    const value = tags.get(name)
    const text = typeof value === 'string' ? value.replace(/[\p{Cc}\s]+/gu, ' ').trim() : ''
    if (text) return text.slice(0, longest)
  }
  return undefined
}

const months = 'JanFebMarAprMayJunJulAugSepOctNovDec'

/** `Mon May 06 07:08:09 2024`, as AVI files of cameras have it, by the camera's clock. */
const byIdit = (text: string | undefined): string | undefined => {
  const [, month = '', day = '', clock = '', year = ''] =
    /^\w{3} (\w{3}) +(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4})/.exec(text ?? '') ?? []
  const n = months.indexOf(month) / 3 + 1
  if (!year || !Number.isInteger(n) || n < 1) return text
  return `${year}-${String(n).padStart(2, '0')}-${day.padStart(2, '0')}T${clock}`
}

/** The tag with a zone first; then the time of the container, which is UTC; then the camera's clock alone. */
const takenBy = ({ tags, created }: VideoFacts): Taken | null => {
  const of = (date: string | undefined) => {
    const clock = date === undefined ? null : readClock(date)
    return clock && toTaken(clock, clock.offset)
  }
  return (
    of(textOf(tags, 'com.apple.quicktime.creationdate', '©day')) ??
    (created === null ? null : of(new Date(created).toISOString())) ??
    of(byIdit(textOf(tags, 'IDIT'))) ??
    of(textOf(tags, 'creation_time', 'DATE_RECORDED'))
  )
}

interface Point {
  lat: number
  lon: number
  alt?: number | undefined
}

/** `+48.8566+002.3522+035.000/` (ISO 6709, annex H, in degrees). */
const byIso6709 = (text: string | undefined): Point | null => {
  const found = /^([+-]\d{1,2}(?:\.\d+)?)([+-]\d{1,3}(?:\.\d+)?)([+-]\d+(?:\.\d+)?)?/.exec(text ?? '')
  if (!found) return null
  return { lat: Number(found[1]), lon: Number(found[2]), alt: found[3] ? Number(found[3]) : undefined }
}

/** The box `loci` (3GPP TS 26.244, section 8.6): a name, then longitude, latitude, altitude in parts of 65,536. */
const byLoci = (box: string | Uint8Array | undefined): Point | null => {
  if (!(box instanceof Uint8Array)) return null
  const bytes = Buffer.from(box)
  const name = bytes.indexOf(0, 6)
  const at = name + 2
  if (name < 0 || at + 12 > bytes.length) return null
  const part = (n: number) => bytes.readInt32BE(at + 4 * n) / 65_536
  return { lon: part(0), lat: part(1), alt: part(2) }
}

const placeOf = (tags: Tags): Partial<Record<'lat' | 'lon' | 'alt', string>> => {
  const names = ['com.apple.quicktime.location.ISO6709', '©xyz', 'location', 'LOCATION']
  const point = byIso6709(textOf(tags, ...names)) ?? byLoci(tags.get('loci'))
  if (!point || Math.abs(point.lat) > 90 || Math.abs(point.lon) > 180) return {}
  if (point.lat === 0 && point.lon === 0) return {} // what devices write that do not know
  const text = (value: number) => String(Number(value.toPrecision(9)))
  const { alt } = point
  const known = alt !== undefined && alt >= -12_000 && alt <= 100_000
  return { lat: text(point.lat), lon: text(point.lon), ...(known ? { alt: text(alt) } : {}) }
}

const cameraOf = (tags: Tags): string | undefined => {
  const make = textOf(tags, 'com.apple.quicktime.make', 'com.android.manufacturer', '©mak', 'MAKE')
  const model = textOf(tags, 'com.apple.quicktime.model', 'com.android.model', '©mod', 'MODEL')
  if (!make || !model) return model ?? make
  return model.toLowerCase().startsWith((make.split(' ')[0] ?? make).toLowerCase())
    ? model
    : `${make} ${model}`
}

/** Fields of the hash of a video's photo (docs/data-model.md), and when it was taken. */
export const videoFields = (
  facts: VideoFacts,
): { taken: Taken | null; fields: Record<string, string>; live: string | undefined } => {
  const { tags, seconds, codecs } = facts
  const taken = takenBy(facts)
  const fields = {
    taken: taken?.text,
    guessed: taken?.guessed ?? undefined,
    camera: cameraOf(tags),
    duration: seconds === null ? undefined : String(Number(seconds.toFixed(3))),
    codecs: codecs?.slice(0, longest),
    ...placeOf(tags),
  }
  const known = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const live = liveId(tags.get('com.apple.quicktime.content.identifier'))
  return { taken, live, fields: Object.fromEntries(known) }
}

import { placeSources } from './precedence.ts'
import { numbersOf, textsOf, type TagSet } from './tag-set.ts'

interface Place {
  lat?: string
  lon?: string
  alt?: string
}

const decimal = (value: number) => String(Number(value.toPrecision(9)))

/** Degrees, minutes and seconds as EXIF's three numbers, or as XMP's `38,53.4142N`; or degrees alone. */
const degreesOf = (tags: TagSet, name: string): number => {
  const value = tags.get(name)
  const text = textsOf(value)[0] ?? ''
  const letter = /([NSEW])\s*$/i.exec(text)?.[1] ?? textsOf(tags.get(`${name}Ref`))[0]?.trim() ?? ''
  const parts =
    typeof value === 'string' ? numbersOf(value.replace(/[NSEW]\s*$/i, '').split(',')) : numbersOf(value)
  const [degrees = Number.NaN, minutes = 0, seconds = 0] = parts
  const size = Math.abs(degrees) + (minutes || 0) / 60 + (seconds || 0) / 3600
  return degrees < 0 || /^[SW]/i.test(letter) ? -size : size
}

/** Metres above the sea; below it where the tag beside it says so, which may be absent. */
const altitudeOf = (tags: TagSet, name: string) => {
  const metres = numbersOf(tags.get(name))[0] ?? Number.NaN
  return numbersOf(tags.get(`${name}Ref`))[0] === 1 && metres > 0 ? -metres : metres
}

/** Where a photo was taken. 0° 0° is in the sea, and what devices write that do not know. */
export const placeOf = (tags: TagSet): Place => {
  for (const source of placeSources) {
    const [lat, lon] = [degreesOf(tags, source.lat), degreesOf(tags, source.lon)]
    if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180) || (lat === 0 && lon === 0)) continue
    const alt = altitudeOf(tags, source.alt)
    const place = { lat: decimal(lat), lon: decimal(lon) }
    return alt >= -12_000 && alt <= 100_000 ? { ...place, alt: decimal(alt) } : place
  }
  return {}
}

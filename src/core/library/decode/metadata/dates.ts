import {
  hasTime,
  offsetByGps,
  readClock,
  readOffset,
  toTaken,
  type Clock,
  type Taken,
} from '../capture-time.ts'
import { dateSources, gpsSources, zoneSources, type DateSource } from './precedence.ts'
import { textsOf, type TagSet } from './tag-set.ts'

const textOf = (tags: TagSet, name: string | undefined) =>
  name === undefined ? undefined : textsOf(tags.get(name))[0]

const two = (part: string) => String(Math.trunc(Number(part))).padStart(2, '0')

/** A time of day that stands apart: `09:41:07` of IPTC and GPS, digits alone, or three numbers. */
const timeOf = (tags: TagSet, name: string | undefined) => {
  const parts = name === undefined ? [] : textsOf(tags.get(name))
  if (parts.length >= 3) return parts.slice(0, 3).map(two).join(':')
  return parts[0]?.replace(/^(\d\d)(\d\d)(\d\d)/, '$1:$2:$3')
}

const isGps = ({ date }: DateSource) => date.includes(':GPS')

const clockOf = (tags: TagSet, source: DateSource): Clock | null => {
  // IPTC writes digits alone.
  const date = textOf(tags, source.date)?.replace(/^(\d{4})(\d\d)(\d\d)(?!\d)/, '$1-$2-$3')
  if (date === undefined) return null
  const time = timeOf(tags, source.time)
  const clock =
    (time === undefined ? null : readClock(`${date.slice(0, 10)}T${time}`)) ??
    readClock(date, textOf(tags, source.fraction))
  if (!clock) return null
  const offset = clock.offset ?? readOffset(textOf(tags, source.offset))
  return { ...clock, offset: isGps(source) && hasTime(clock.text) ? '+00:00' : offset }
}

const all = (tags: TagSet, sources: readonly DateSource[]) =>
  sources.map((source) => clockOf(tags, source)).filter((clock) => clock !== null)

const sameSecond = (a: Clock, b: Clock) => Math.trunc(a.wall / 1000) === Math.trunc(b.wall / 1000)

/** The zone of a date that has none itself. Null where nothing tells it. */
const zoneOf = (tags: TagSet, clock: Clock): string | null => {
  const twin = all(tags, zoneSources).find((other) => other.offset !== null && sameSecond(other, clock))
  if (twin) return twin.offset
  const zones = all(tags, gpsSources).map((fix) => offsetByGps(clock.wall, fix.wall))
  return zones.find((zone) => zone !== null) ?? null
}

/** The date of a photo by its tags; null where none is one. */
export const takenBy = (tags: TagSet): Taken | null => {
  const clocks = all(tags, dateSources)
  const [first] = clocks
  if (!first) return null
  // Of a day alone, another tag of that day may know the hour.
  const finer = hasTime(first.text)
    ? undefined
    : clocks.find(
        ({ text }) => hasTime(text) && text.startsWith(`${first.text}T`) && first.text.length === 10,
      )
  const clock = finer ?? first
  return toTaken(clock, hasTime(clock.text) ? (clock.offset ?? zoneOf(tags, clock)) : null)
}

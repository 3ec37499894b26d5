import type { PhotoQuery, Timeline, TimeStep } from '../../shared/schemas/photo.ts'
import { firstDayOf } from '../../shared/domain/partial-dates.ts'
import type { Session } from '../gallery/session.ts'
import { onRedis } from '../redis/errors.ts'
import type { IndexedPhoto } from './indexed-photo.ts'
import { keptOf } from './photo-counts.ts'
import { lookedFor } from './looked-for.ts'
import { isFull } from './photo-index.ts'
import { photosOfView, type AlbumInView } from './view-photos.ts'

const dayMs = 86_400_000
/** Times are what any hand may have written: those outside of these years stand at their ends. */
const [firstTime, lastTime] = [Date.parse('0001-02-01'), Date.parse('9999-11-30')]

/**
 * Months or days are counted in a row, from an arbitrary one on. So are those that are not known: a year alone is a step before its
 * first month, and a month alone one before its first day.
 */
interface Step {
  /** The step of a time by the clock of UTC, and the times until which it lasts. */
  at: (time: number) => { step: number; from: number; to: number }
  /** The step of a date as exact as it is known, `2024-05-31`, `2024-05` or `2024`; not a number for what is none. */
  of: (date: string) => number
  /** `2024-05` or `2024-05-31`, and what is known of that where it is less. */
  name: (step: number) => string
}

const isoOf = (time: number, length: number) => new Date(time).toISOString().slice(0, length)
const monthBegin = (month: number) =>
  Date.parse(
    `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`,
  )

/** Of each month that begins a year there are two: the year alone, and the month. */
const months: Step = {
  at: (time) => {
    const date = new Date(time)
    const month = date.getUTCFullYear() * 12 + date.getUTCMonth()
    return { step: month * 2 + 1, from: monthBegin(month), to: monthBegin(month + 1) }
  },
  of: (date) => {
    const [year, month] = [Number(date.slice(0, 4)) * 12, Number(date.slice(5, 7)) - 1]
    return date.length < 7 ? year * 2 : (year + month) * 2 + 1
  },
  name: (step) => isoOf(monthBegin(step >> 1), step % 2 === 0 ? 4 : 7),
}

/** Of each day there are three: the year and the month that begin with it, and the day. */
const days: Step = {
  at: (time) => {
    const day = Math.floor(time / dayMs)
    return { step: day * 3 + 2, from: day * dayMs, to: (day + 1) * dayMs }
  },
  of: (date) => (Date.parse(firstDayOf(date)) / dayMs) * 3 + [4, 7, 10].indexOf(date.length),
  name: (step) => isoOf(Math.floor(step / 3) * dayMs, [4, 7, 10][step - Math.floor(step / 3) * 3] ?? 10),
}

const steps: Record<TimeStep, Step> = { month: months, day: days }

/** The step of one time after the other, of which neighbours mostly have the same. */
const walking = ({ at }: Step) => {
  let last = { step: 0, from: Infinity, to: -Infinity }
  return (time: number) => {
    if (!(time >= last.from && time < last.to)) last = at(time)
    return last.step
  }
}

/** Steps that a photo's own clock may lie before that of UTC, or behind it, and more than these: a day, and what begins with one. */
const farthest = 4

/**
 * Times with how far the step of the clock where each photo was taken lies from that of UTC. In one number, so that a million of them are
 * sorted in a moment.
 */
const packed = (photos: Iterable<IndexedPhoto>, sort: PhotoQuery['sort'], step: Step): Float64Array => {
  const stepAt = walking(step)
  return Float64Array.from(photos, ({ time, added, day }) => {
    const at = Math.trunc(Math.min(lastTime, Math.max(firstTime, sort === 'added' ? added : time))) || 0
    const by = sort === 'added' || day === '' ? 0 : step.of(day) - stepAt(at) || 0
    return at * 2 * farthest + Math.min(farthest - 1, Math.max(-farthest, by)) + farthest
  })
}

/** Sections follow one another: a photo that its clock puts into an earlier one stays in the one where its time has put it. */
const sectionsOf = (times: Float64Array, { descending, step }: { descending: boolean; step: Step }) => {
  times.sort()
  if (descending) times.reverse()
  const stepAt = walking(step)
  const sections: { step: number; photos: number }[] = []
  for (const value of times) {
    const time = Math.floor(value / (2 * farthest))
    const own = stepAt(time) + (value - time * 2 * farthest) - farthest
    const last = sections.at(-1)
    if (last && (descending ? own >= last.step : own <= last.step)) last.photos++
    else sections.push({ step: own, photos: 1 })
  }
  return sections.map(({ step: own, photos }) => ({ date: step.name(own), photos }))
}

const joined = (parts: readonly Float64Array[]) => {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

interface Counted {
  times: Float64Array
  undated: number
}

const count = (photos: readonly IndexedPhoto[], sort: PhotoQuery['sort'], by: TimeStep): Counted => ({
  times: packed(photos, sort, steps[by]),
  undated: photos.filter(({ undated }) => undated).length,
})

/** Of whole albums, kept as long as these are what they were. */
const countAll = {
  month: keptOf((photos) => count([...photos.values()], 'taken', 'month')),
  day: keptOf((photos) => count([...photos.values()], 'taken', 'day')),
}

const countIn =
  ({ sort }: PhotoQuery, by: TimeStep) =>
  ({ index, shown }: AlbumInView) =>
    shown === null && sort === 'taken'
      ? countAll[by](index.photos)
      : count(shown ?? [...index.photos.values()], sort, by)

/**
 * How many photos of a view stand in each month or day, in its order, by the clock where they were taken; those without a date are
 * counted where their files' dates put them, and by themselves. It is counted in memory, and says nothing of views that are not
 * ordered by a date, nor of galleries that do not fit into what indexes may take.
 */
export const timelineOf = (session: Session, asked: PhotoQuery, by: TimeStep): Promise<Timeline> =>
  onRedis(async () => {
    const view = await lookedFor(session, asked)
    if (!view) return { sections: [], undated: 0 }
    const isDated = (view.sort === 'taken' || view.sort === 'added') && !view.trash
    if (!isDated || isFull(session)) return { sections: [], undated: 0 }
    const counts = (await photosOfView(session, view)).map(countIn(view, by))
    const undated = counts.reduce((sum, one) => sum + one.undated, 0)
    const times = joined(counts.map((one) => one.times))
    if ((view.filter?.undated || view.saved?.undated) && view.sort === 'taken')
      return { sections: times.length > 0 ? [{ date: '', photos: times.length }] : [], undated }
    return { sections: sectionsOf(times, { ...view, step: steps[by] }), undated }
  })

import type { NewsTime } from '../../shared/domain/mail.ts'
import type { MailWishes } from '../../shared/schemas/mail.ts'
import { kindOf, type Waiting } from './news.ts'

/** The hour at which the news of a day are told, where the account is. */
const digestHour = 8
/** News that come one after the other are waited for no longer than this, in milliseconds. */
const maxFoldMs = 30 * 60_000
export const dayMs = 24 * 60 * 60_000
const minuteMs = 60_000

/** How far the clocks of a zone are ahead of UTC at a moment, in milliseconds. */
const offsetAt = (zone: string, moment: number): number => {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
  }).formatToParts(moment)
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'))
  return local - Math.floor(moment / minuteMs) * minuteMs
}

/**
 * The last moment at which the news of a day were due in a zone, in milliseconds since 1970. On the two days of the year on which
 * clocks are put forward or back before eight it is eight by the clocks of now.
 */
export const lastDigest = (zone: string, now: number): number => {
  const offset = offsetAt(zone, now)
  const local = now + offset
  const eight = Math.floor(local / dayMs) * dayMs + digestHour * 60 * minuteMs
  return (eight <= local ? eight : eight - dayMs) - offset
}

const timeOf = ({ times }: MailWishes, { piece }: Waiting): NewsTime => {
  const kind = kindOf(piece)
  return kind === null ? 'daily' : times[kind]
}

/**
 * Whether it is time to tell an account its news. Those that are told at once wait until nothing came for `foldMs`, as photos come in
 * bursts; those of the day until the morning. Once it is time for some, all go in the one mail.
 */
export const isDue = (wishes: MailWishes, news: Waiting[], now: number, foldMs: number): boolean => {
  const [soon, daily] = (['now', 'daily'] as const).map((time) =>
    news.filter((one) => timeOf(wishes, one) === time),
  ) as [Waiting[], Waiting[]]
  const first = (some: Waiting[]) => Math.min(...some.map(({ since }) => since))
  const isQuiet = soon.length > 0 && soon.every(({ last }) => now - last >= foldMs)
  return isQuiet || now - first(soon) >= maxFoldMs || first(daily) <= lastDigest(wishes.zone, now)
}

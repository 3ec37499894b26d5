import type { LibraryStatus } from '../../shared/schemas/library.ts'
import { counted, number, t } from '../i18n/index.ts'

/** `3 min left`, in the unit that says enough. */
export const timeLeft = (seconds: number): string => {
  if (seconds < 90) return counted('secondsLeft', Math.ceil(seconds))
  if (seconds < 5400) return counted('minutesLeft', Math.ceil(seconds / 60))
  return counted('hoursLeft', Math.round(seconds / 3600))
}

const sentence = (status: LibraryStatus) => {
  const blanks = { done: number(status.done), found: number(status.found) }
  if (status.state === 'paused') return t('paused', blanks)
  return status.scanning && status.done === 0 ? t('lookingFor', blanks) : t('takingIn', blanks)
}

/** `Taking in 1,204 of 8,310 · 38/s · 3 min left`. */
export const progressSeen = (status: LibraryStatus): string => {
  const working = status.state === 'working'
  return [
    sentence(status),
    working && status.rate >= 1 ? t('perSecond', { n: number(Math.round(status.rate)) }) : null,
    working && status.secondsLeft !== null ? timeLeft(status.secondsLeft) : null,
  ]
    .filter((part) => part !== null)
    .join(' · ')
}

/** The same for a screen reader, which must not talk all the time: it changes at each quarter. */
export const progressHeard = (status: LibraryStatus | null): string => {
  if (!status || status.found === 0) return ''
  if (status.state === 'paused') return t('pausedShort')
  if (status.state === 'idle') return status.added + status.changed > 0 ? t('allTakenIn') : ''
  const quarters = status.scanning ? 0 : Math.floor((4 * status.done) / status.found)
  return t('takenInPart', { percent: number(quarters * 25) })
}

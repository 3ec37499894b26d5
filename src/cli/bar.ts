import { clearLine, cursorTo } from 'node:readline'
import type { LibraryStatus } from '../shared/schemas/library.ts'

const number = new Intl.NumberFormat('en')
const width = 24

const timeLeft = (seconds: number) =>
  seconds < 60 ? `${Math.ceil(seconds)} s left` : `${Math.ceil(seconds / 60)} min left`

/** The status in one line: `████░░ 1,204 of 8,310 · 38/s · 3 min left · 2 failed`. */
const describeStatus = (status: LibraryStatus): string => {
  const { found, done, failed, rate, secondsLeft, scanning } = status
  const share = found === 0 ? 0 : done / found
  const full = Math.round(share * width)
  const parts = [
    `${'█'.repeat(full)}${'░'.repeat(width - full)} ${number.format(done)} of ${number.format(found)}${scanning ? '…' : ''}`,
    ...(rate > 0 ? [`${number.format(Math.round(rate))}/s`] : []),
    ...(secondsLeft === null ? [] : [timeLeft(secondsLeft)]),
    ...(failed > 0 ? [`${number.format(failed)} failed`] : []),
  ]
  return parts.join(' · ')
}

/** A bar on standard error, on terminals only: standard output is for the answer. */
export const createBar = (stream = process.stderr) => {
  const clear = () => {
    if (!stream.isTTY) return
    cursorTo(stream, 0)
    clearLine(stream, 0)
  }
  return {
    show: (status: LibraryStatus) => {
      if (!stream.isTTY) return
      clear()
      stream.write(describeStatus(status).slice(0, stream.columns - 1))
    },
    clear,
  }
}

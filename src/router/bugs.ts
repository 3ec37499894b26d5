import { inspect } from 'node:util'

/** What one bug may write into the log, in characters. */
const maxEntryLength = 4000
/** Bugs of different kinds that are written out in one window; the others are only counted. */
const maxEntriesPerWindow = 20
const windowMs = 60_000

const hidden = /[\p{C}\p{Zl}\p{Zp}]/gu

/** One line of text without control characters, escape sequences or marks that turn the direction of writing. */
const toLogLine = (text: string): string => {
  // Cut first: a caller may have sent a megabyte. Cut again, as what is escaped grows.
  const line = text
    .slice(0, maxEntryLength)
    .replace(hidden, (mark) => (mark === '\n' ? '\\n' : `\\u{${(mark.codePointAt(0) ?? 0).toString(16)}}`))
  return Math.max(line.length, text.length) > maxEntryLength ? `${line.slice(0, maxEntryLength)}…` : line
}

/**
 * Which kind of error it is, and where it was thrown, without its message: that may hold what a caller sent, and differ each
 * time. Only its first word tells Redis's errors apart, which are all thrown from one line.
 */
const kindOf = (error: unknown) => {
  if (!(error instanceof Error)) return typeof error
  const afterMessage = error.message.split('\n').length
  const frames = error.stack?.split('\n').slice(afterMessage, afterMessage + 5) ?? []
  return [error.name, /^[A-Z]{2,20}\b/.exec(error.message)?.[0], ...frames].join('\n').slice(0, 1000)
}

interface Group {
  first: string
  repeats: number
}

/** A log of bugs that no caller can flood: the first of a kind is written whole, its repetitions as a number each minute. */
export class BugLog {
  readonly #write: (line: string) => void
  readonly #groups = new Map<string, Group>()
  #uncounted = 0
  #window: NodeJS.Timeout | undefined

  constructor(write: (line: string) => void) {
    this.#write = write
  }

  add(error: unknown) {
    this.#window ??= setTimeout(() => this.flush(), windowMs).unref()
    const kind = kindOf(error)
    const group = this.#groups.get(kind)
    if (group) group.repeats++
    else if (this.#groups.size >= maxEntriesPerWindow) this.#uncounted++
    else {
      const line = toLogLine(inspect(error, { depth: 3, maxArrayLength: 20, maxStringLength: 1000 }))
      this.#groups.set(kind, { first: line.slice(0, 200), repeats: 0 })
      this.#write(line)
    }
  }

  /** Tells what was only counted, and begins a new window. */
  flush() {
    clearTimeout(this.#window)
    this.#window = undefined
    for (const { first, repeats } of this.#groups.values())
      if (repeats > 0) this.#write(`${repeats} more within a minute of: ${first}`)
    if (this.#uncounted > 0) this.#write(`${this.#uncounted} more errors of other kinds within that minute`)
    this.#groups.clear()
    this.#uncounted = 0
  }
}

const log = new BugLog((line) => console.error(line))

/** Writes an unexpected error into the log of the process: escaped, cut, and grouped with others like it. */
export const logBug = (error: unknown): void => log.add(error)

/** Where a command writes its answer: a table for people, or one JSON document for programs. */
export interface Output {
  json: boolean
  /** Prints the answer: `value` as JSON, or the lines that `words` makes of it. */
  answer: <T>(value: T, words: (value: T) => string[]) => void
}

export const createOutput = (json: boolean): Output => ({
  json,
  answer: (value, words) => {
    if (json) console.log(JSON.stringify(value, null, 2))
    else for (const line of words(value)) console.log(line)
  },
})

/** Rows in columns as wide as their longest cell; control characters of titles and paths are shown, not obeyed. */
export const table = (rows: (string | number)[][]): string[] => {
  const cells = rows.map((row) => row.map((cell) => printable(String(cell))))
  const widths = (cells[0] ?? []).map((_, i) => Math.max(...cells.map((row) => (row[i] ?? '').length)))
  return cells.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** Text for a terminal: a file's name may hold escape sequences or line breaks. */
export const printable = (text: string): string =>
  text.replace(/\p{Cc}/gu, (control) => JSON.stringify(control).slice(1, -1))

const number = new Intl.NumberFormat('en')

/** `1 photo`, `1,204 photos`. */
export const count = (n: number, noun: string): string => `${number.format(n)} ${noun}${n === 1 ? '' : 's'}`

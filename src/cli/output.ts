import { add, write } from './writer.ts'

/** The cells of one line of a table. */
export type Row = (string | number)[]

/** Where a command writes its answer: a table for people, or one JSON document for programs. */
export interface Output {
  json: boolean
  /** Prints the answer: `value` as JSON, or the lines that `words` makes of it. */
  answer: <T>(value: T, words: (value: T) => string[]) => void
  /**
   * Prints a list of any length page by page, as one JSON array or as a table whose columns are as wide as the first page
   * needs. The next page is asked for when the reader has taken the last one. Nothing is printed before there is a first page,
   * so that a list which cannot be had leaves standard output empty. Throws ReaderLeft where standard output has no reader any
   * more.
   */
  list: <T>(pages: AsyncIterable<T[]>, row: (item: T) => Row) => Promise<void>
}

/** JSON as programs read it, with nothing in it that a terminal would obey. */
const toJson = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(unprintable, escapeCharacter)

/** An array in pieces: joined, they are what `toJson` makes of the whole. */
async function* jsonPieces<T>(pages: AsyncIterable<T[]>) {
  let any = false
  for await (const page of pages) {
    if (page.length === 0) continue
    // Without its brackets an array is what stands between those of a longer one.
    yield `${any ? ',' : '['}${toJson(page).slice(1, -2)}`
    any = true
  }
  yield any ? '\n]\n' : '[]\n'
}

async function* tablePieces<T>(pages: AsyncIterable<T[]>, row: (item: T) => Row) {
  let widths: number[] | null = null
  for await (const page of pages) {
    if (page.length === 0) continue
    const cells = page.map((item) => printableRow(row(item)))
    widths ??= widthsOf(cells)
    yield lines(inColumns(cells, widths))
  }
}

const lines = (all: string[]) => all.map((line) => `${line}\n`).join('')

export const createOutput = (json: boolean): Output => ({
  json,
  answer: (value, words) => {
    // What ends the process waits for it to be written (`flushed` in writer.ts).
    add(json ? `${toJson(value)}\n` : lines(words(value)))
  },
  list: async (pages, row) => {
    for await (const piece of json ? jsonPieces(pages) : tablePieces(pages, row)) await write(piece)
  },
})

const printableRow = (row: Row) => row.map((cell) => printable(String(cell)))

const widthsOf = (cells: string[][]) =>
  (cells[0] ?? []).map((_, i) => cells.reduce((widest, row) => Math.max(widest, (row[i] ?? '').length), 0))

const inColumns = (cells: string[][], widths: number[]): string[] =>
  cells.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )

/** Rows in columns as wide as their longest cell; control characters of titles and paths are shown, not obeyed. */
export const table = (rows: Row[]): string[] => {
  const cells = rows.map(printableRow)
  return inColumns(cells, widthsOf(cells))
}

/** Control characters (C0, DEL, C1), and those that turn the direction of what follows them on the line. */
const unprintable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu
const escapeCharacter = (character: string) =>
  character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** Text for a terminal: a file's name may hold escape sequences or line breaks. */
export const printable = (text: string): string =>
  text.replace(unprintable, (character) =>
    // JSON has short forms for the common ones: `\n`, `\t`.
    character < ' ' ? JSON.stringify(character).slice(1, -1) : escapeCharacter(character),
  )

/** A message of several lines; those after the first are indented, so that a text in it cannot pass for a message of its own. */
export const printableLines = (text: string): string => text.split('\n').map(printable).join('\n  ')

const number = new Intl.NumberFormat('en')

/** `1 photo`, `1,204 photos`. */
export const count = (n: number, noun: string): string => `${number.format(n)} ${noun}${n === 1 ? '' : 's'}`

/** One directory of a TIFF: tag → its values, numbers or the text of an ASCII field. */
export type Directory = Map<number, number[] | string>

/** Directories read of one file, and values of one field: what a hostile file claims beyond them is passed over. */
const limits = { directories: 32, fields: 512, values: 256 }

/** Whether a TIFF of either order of bytes begins at `at`. */
export const isTiff = (bytes: Buffer, at = 0): boolean =>
  ['II*\0', 'MM\0*'].includes(bytes.toString('latin1', at, at + 4))

const sizes: Partial<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 13: 4 }
const fraction = 5

/** Reads directories of a TIFF, or of what is built like one, whose offsets count from the start of `bytes`. */
export class TiffReader {
  readonly #bytes: Buffer
  readonly #little: boolean

  constructor(bytes: Buffer, little = bytes[0] === 0x49) {
    this.#bytes = bytes
    this.#little = little
  }

  /** An unsigned number; 0 where the file ends before it. */
  number(at: number, size: number): number {
    if (at < 0 || at + size > this.#bytes.length) return 0
    return this.#little ? this.#bytes.readUIntLE(at, size) : this.#bytes.readUIntBE(at, size)
  }

  #values(type: number, count: number, at: number): number[] | string {
    const size = sizes[type] ?? 0
    const from = size * count > 4 ? this.number(at, 4) : at
    const kept = Math.min(count, limits.values)
    if (type === 2) return this.#bytes.toString('latin1', from, from + kept).replace(/\0.*$/s, '')
    return Array.from({ length: kept }, (_, i) =>
      type === fraction
        ? this.number(from + 8 * i, 4) / this.number(from + 8 * i + 4, 4)
        : this.number(from + i * size, size),
    )
  }

  /** Where the value of a field of the directory at `at` begins; undefined where it has none. */
  placeOf(at: number, tag: number): number | undefined {
    const count = Math.min(this.number(at, 2), limits.fields)
    for (let i = 0; i < count; i++) {
      const entry = at + 2 + 12 * i
      if (this.number(entry, 2) !== tag) continue
      const size = (sizes[this.number(entry + 2, 2)] ?? 1) * this.number(entry + 4, 4)
      return size > 4 ? this.number(entry + 8, 4) : entry + 8
    }
    return undefined
  }

  /** The directory at `at`, and where the next one is; what is broken is as if it were not there. */
  directory(at: number): { fields: Directory; next: number } {
    const count = Math.min(this.number(at, 2), limits.fields)
    const fields: Directory = new Map()
    for (let i = 0; i < count; i++) {
      const entry = at + 2 + 12 * i
      const type = this.number(entry + 2, 2)
      if (sizes[type])
        fields.set(this.number(entry, 2), this.#values(type, this.number(entry + 4, 4), entry + 8))
    }
    return { fields, next: this.number(at + 2 + 12 * this.number(at, 2), 4) }
  }
}

const subDirectories = 0x014a

/**
 * The directories of a TIFF or of a RAW that is built as one, the first one first, each followed by those below it. Numbers
 * and texts alone are read; what is broken is as if it were not there.
 *
 * @see TIFF 6.0, section 2; SubIFDs: Adobe PageMaker 6.0 TIFF Technical Notes
 */
export const tiffDirectories = (bytes: Buffer): Directory[] => {
  const reader = new TiffReader(bytes)
  const found: Directory[] = []
  const seen = new Set<number>()
  const waiting = [reader.number(4, 4)]
  while (waiting.length > 0 && found.length < limits.directories) {
    const at = waiting.shift() ?? 0
    if (at < 8 || at + 2 > bytes.length || seen.has(at)) continue
    seen.add(at)
    const { fields, next } = reader.directory(at)
    found.push(fields)
    const below = fields.get(subDirectories)
    waiting.unshift(...(Array.isArray(below) ? below.slice(0, limits.directories) : []), next)
  }
  return found
}

/** The first value of a field; undefined where there is none, or it is a text. */
export const fieldOf = (directory: Directory | undefined, tag: number): number | undefined => {
  const values = directory?.get(tag)
  return Array.isArray(values) ? values[0] : undefined
}

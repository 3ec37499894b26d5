import ExifReader from 'exifreader'
import { boxesFrom, type Box } from './boxes.ts'

/** What the boxes of a HEIF or AVIF say of its first picture. */
export interface HeifFacts {
  /** It is turned or mirrored by the container, and what EXIF says of that is for information alone. */
  turned: boolean
  /** Colour primaries (ITU-T H.273) where it has them in the place of an ICC profile. */
  primaries: number | null
  /** How it is coded, e.g. `hvc1`, `grid`, `unci`; null where that is not said. */
  coding: string | null
}

/** Boxes of one level: more than that is no file that a program wrote. */
const maxBoxes = 4096

/** The boxes between two places that are whole. */
const boxesIn = (bytes: Buffer, from: number, to: number): Box[] =>
  [...boxesFrom(bytes, maxBoxes, from, to)].filter((box) => box.to <= to)

const find = (boxes: Box[], type: string) => boxes.find((box) => box.type === type)

/** Reads numbers one after the other; 0 beyond the end. */
class Cursor {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer, { from, to }: Box) {
    this.#bytes = bytes.subarray(from, to)
  }

  get ended() {
    return this.#at >= this.#bytes.length
  }

  next(size: 1 | 2 | 3 | 4): number {
    const at = this.#at
    this.#at += size
    return this.#at > this.#bytes.length ? 0 : this.#bytes.readUIntBE(at, size)
  }
}

/** Indexes of the properties of an item in the box `ipco`, the first being 1. */
const propertiesOf = (bytes: Buffer, ipma: Box, item: number): number[] => {
  const cursor = new Cursor(bytes, ipma)
  const version = cursor.next(1)
  const wide = (cursor.next(3) & 1) === 1
  for (let entries = cursor.next(4); entries > 0 && !cursor.ended; entries--) {
    const id = cursor.next(version < 1 ? 2 : 4)
    const indexes = Array.from({ length: cursor.next(1) }, () =>
      wide ? cursor.next(2) & 0x7fff : cursor.next(1) & 0x7f,
    )
    if (id === item) return indexes
  }
  return []
}

const codingOf = (bytes: Buffer, iinf: Box, item: number): string | null => {
  const version = bytes[iinf.from] ?? 0
  for (const box of boxesIn(bytes, iinf.from + (version === 0 ? 6 : 8), iinf.to)) {
    const cursor = new Cursor(bytes, box)
    const long = cursor.next(1) >= 3
    cursor.next(3)
    if (cursor.next(long ? 4 : 2) !== item) continue
    const at = box.from + (long ? 10 : 8)
    return bytes.toString('latin1', at, at + 4)
  }
  return null
}

const nclxOf = (bytes: Buffer, colours: Box[]): number | null => {
  const kinds = colours.map(({ from }) => bytes.toString('latin1', from, from + 4))
  const nclx = colours[kinds.indexOf('nclx')]
  return nclx && !kinds.includes('prof') && nclx.from + 6 <= nclx.to
    ? bytes.readUInt16BE(nclx.from + 4)
    : null
}

/** Reads the boxes of a whole file. Null where it has none for a picture: sequences, and files of the brand `mif3`. */
export const heifFacts = (bytes: Buffer): HeifFacts | null => {
  const meta = find(boxesIn(bytes, 0, bytes.length), 'meta')
  if (!meta) return null
  const boxes = boxesIn(bytes, meta.from + 4, meta.to)
  const [pitm, iinf, iprp] = ['pitm', 'iinf', 'iprp'].map((type) => find(boxes, type))
  if (!pitm) return null
  const cursor = new Cursor(bytes, pitm)
  const version = cursor.next(1)
  cursor.next(3)
  const item = cursor.next(version === 0 ? 2 : 4)
  const inside = iprp ? boxesIn(bytes, iprp.from, iprp.to) : []
  const [ipco, ipma] = [find(inside, 'ipco'), find(inside, 'ipma')]
  const all = ipco ? boxesIn(bytes, ipco.from, ipco.to) : []
  const own = ipma ? propertiesOf(bytes, ipma, item).flatMap((index) => all[index - 1] ?? []) : []
  return {
    turned: own.some(({ type }) => type === 'irot' || type === 'imir'),
    primaries: nclxOf(
      bytes,
      own.filter(({ type }) => type === 'colr'),
    ),
    coding: iinf ? codingOf(bytes, iinf, item) : null,
  }
}

/**
 * How a HEIF or AVIF still has to be turned after its container's own transformations, as EXIF counts it. The container's
 * win; EXIF is believed where it has none, as programs write that take them out.
 */
export const heifOrientation = (bytes: Buffer, facts: HeifFacts | null): number => {
  if (!facts || facts.turned) return 1
  try {
    const { exif } = ExifReader.load(new Uint8Array(bytes).buffer, {
      expanded: true,
      includeTags: { exif: ['Orientation'] },
    })
    const value = Number(exif?.Orientation?.value)
    return value >= 1 && value <= 8 ? value : 1
  } catch {
    return 1
  }
}

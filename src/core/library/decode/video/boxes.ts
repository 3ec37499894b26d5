import { bytesOf } from './file-bytes.ts'

/** Boxes of one level that are looked at: fragments have many, and the index comes before them. */
const maxBoxes = 1000

/** A box of an ISO media file. */
export interface Box {
  name: string
  /** Where its content begins and ends. */
  from: number
  to: number
}

/** The box that begins at an offset; null where none does. ISO/IEC 14496-12, section 4.2. */
const boxAt = (file: number, at: number, end: number): Box | null => {
  const head = bytesOf(file, at, Math.min(end, at + 16))
  if (head.length < 8) return null
  const short = head.readUInt32BE(0)
  const isLong = short === 1 && head.length === 16
  const length = short === 0 ? end - at : isLong ? Number(head.readBigUInt64BE(8)) : short
  const from = at + (isLong ? 16 : 8)
  const to = at + length
  return to < from || to > end ? null : { name: head.toString('latin1', 4, 8), from, to }
}

/** The first box of a name between two offsets; null where there is none. */
export const boxIn = (file: number, name: string, from: number, to: number): Box | null => {
  let at = from
  for (let n = 0; n < maxBoxes; n++) {
    const box = boxAt(file, at, to)
    if (!box || box.name === name) return box
    at = box.to
  }
  return null
}

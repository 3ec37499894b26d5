/** A box of an ISO media file, or of what is built like one. */
export interface Box {
  type: string
  /** Where its content begins and ends. */
  from: number
  to: number
}

/**
 * The boxes between two places, as far as they make sense. The last one may say that it ends beyond, as where the file was cut.
 *
 * @param most boxes that are looked at: what a hostile file claims beyond them is passed over
 * @see ISO/IEC 14496-12, 4.2
 */
export function* boxesFrom(bytes: Buffer, most: number, from = 0, to = bytes.length): Generator<Box> {
  let at = from
  for (let n = 0; n < most && at + 8 <= to; n++) {
    const short = bytes.readUInt32BE(at)
    const head = short === 1 ? 16 : 8
    if (at + head > to) return
    const size = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short || to - at
    if (size < head) return
    yield { type: bytes.toString('latin1', at + 4, at + 8), from: at + head, to: at + size }
    at += size
  }
}

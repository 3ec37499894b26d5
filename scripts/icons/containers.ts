/** Files that hold one icon in several sizes. Both hold PNG files as they are, behind a list of what is where. */

/** A square picture: its side in pixels, and the PNG file. */
export interface Square {
  side: number
  png: Buffer
}

const directoryBytes = 6
const entryBytes = 16

const icoEntry = ({ side, png }: Square, offset: number) => {
  const entry = Buffer.alloc(entryBytes)
  // A byte has no room for 256: 0 stands for it.
  entry.writeUInt8(side % 256, 0)
  entry.writeUInt8(side % 256, 1)
  entry.writeUInt16LE(1, 4) // planes
  entry.writeUInt16LE(32, 6) // bits a pixel
  entry.writeUInt32LE(png.length, 8)
  entry.writeUInt32LE(offset, 12)
  return entry
}

/** An icon of Windows, of squares up to 256 pixels. */
export const toIco = (squares: Square[]): Buffer => {
  const head = Buffer.alloc(directoryBytes)
  head.writeUInt16LE(1, 2) // an icon, no cursor
  head.writeUInt16LE(squares.length, 4)
  let offset = directoryBytes + entryBytes * squares.length
  const entries = squares.map((square) => {
    const entry = icoEntry(square, offset)
    offset += square.png.length
    return entry
  })
  return Buffer.concat([head, ...entries, ...squares.map(({ png }) => png)])
}

/** What macOS calls each size. Those of screens with small pixels have names of their own for the same squares. */
const icnsTypes: [type: string, side: number][] = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
  ['ic10', 1024],
]

const icnsPart = (type: string, content: Buffer) => {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32BE(head.length + content.length, 4)
  return Buffer.concat([head, content])
}

/** An icon of macOS. Throws where a size that it has is missing. */
export const toIcns = (squares: Square[]): Buffer => {
  const parts = icnsTypes.map(([type, side]) => {
    const square = squares.find((one) => one.side === side)
    if (!square) throw new Error(`An icon of macOS needs a square of ${side} pixels.`)
    return icnsPart(type, square.png)
  })
  return icnsPart('icns', Buffer.concat(parts))
}

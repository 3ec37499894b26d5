/** Pixels of 8 bits a channel, row by row, and what they mean. */
export interface Bitmap {
  data: Uint8Array
  width: number
  height: number
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha, or CMYK. */
  channels: number
  cmyk?: boolean
  /** ICC profile that the numbers belong to. */
  icc?: Uint8Array | null
  /** How they have to be turned, as EXIF counts it. */
  orientation?: number
}

type Field = [tag: number, type: 'short' | 'long' | 'bytes', values: number[] | Uint8Array]

const typeCodes = { short: 3, long: 4, bytes: 7 }

const photometric = ({ channels, cmyk }: Bitmap) => {
  if (cmyk) return 5
  return channels < 3 ? 1 : 2
}

const fieldsOf = (bitmap: Bitmap, at: number): Field[] => {
  const { width, height, channels, icc, orientation = 1, data } = bitmap
  const fields: Field[] = [
    [256, 'long', [width]],
    [257, 'long', [height]],
    [258, 'short', Array.from({ length: channels }, () => 8)],
    [259, 'short', [1]],
    [262, 'short', [photometric(bitmap)]],
    [273, 'long', [at]],
    [274, 'short', [orientation]],
    [277, 'short', [channels]],
    [278, 'long', [height]],
    [279, 'long', [data.length]],
  ]
  if (!bitmap.cmyk && channels % 2 === 0) fields.push([338, 'short', [2]])
  if (icc) fields.push([34675, 'bytes', icc])
  return fields
}

const valueBytes = (type: Field[1], values: Field[2]): Buffer => {
  if (type === 'bytes') return Buffer.from(values)
  const size = type === 'short' ? 2 : 4
  const bytes = Buffer.alloc(values.length * size)
  values.forEach((value, i) => bytes.writeUIntLE(value, i * size, size))
  return bytes
}

/**
 * Pixels as a TIFF without compression, which is the one form in which sharp takes pixels together with their ICC profile
 * and orientation.
 *
 * @see TIFF 6.0, section 2
 */
export const wrapAsTiff = (bitmap: Bitmap): Buffer => {
  const fields = fieldsOf(bitmap, 8)
  const directory = 8 + bitmap.data.length + (bitmap.data.length % 2)
  const head = Buffer.from('II*\0\0\0\0\0', 'latin1')
  head.writeUInt32LE(directory, 4)
  const table = Buffer.alloc(2 + 12 * fields.length + 4)
  table.writeUInt16LE(fields.length)
  const apart: Buffer[] = []
  let free = directory + table.length
  fields.forEach(([tag, type, values], i) => {
    const entry = 2 + 12 * i
    const bytes = valueBytes(type, values)
    table.writeUInt16LE(tag, entry)
    table.writeUInt16LE(typeCodes[type], entry + 2)
    table.writeUInt32LE(values.length, entry + 4)
    if (bytes.length <= 4) bytes.copy(table, entry + 8)
    else {
      table.writeUInt32LE(free, entry + 8)
      apart.push(bytes)
      free += bytes.length
    }
  })
  return Buffer.concat([head, bitmap.data, Buffer.alloc(bitmap.data.length % 2), table, ...apart])
}

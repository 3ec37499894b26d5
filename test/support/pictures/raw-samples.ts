/** The RAW files that the tests can make themselves: DNG, which is a TIFF with tags of its own. */

type Value = number[] | string | Buffer
type Field = [tag: number, type: 1 | 2 | 3 | 4 | 5 | 10, values: Value]

const widths = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 10: 8 }

const valueBytes = (type: Field[1], values: Value): Buffer => {
  if (Buffer.isBuffer(values)) return values
  if (typeof values === 'string') return Buffer.from(`${values}\0`, 'latin1')
  const rational = type === 5 || type === 10
  const bytes = Buffer.alloc(values.length * widths[type])
  values.forEach((value, i) => {
    if (rational) {
      bytes.writeInt32LE(Math.round(value * 10_000), 8 * i)
      bytes.writeInt32LE(10_000, 8 * i + 4)
    } else bytes.writeUIntLE(value, i * widths[type], widths[type])
  })
  return bytes
}

/** A directory of a little-endian TIFF that will stand at `at`, with the values that do not fit in it behind it. */
const directory = (at: number, fields: Field[]): Buffer => {
  const sorted = [...fields].sort(([a], [b]) => a - b)
  const table = Buffer.alloc(2 + 12 * sorted.length + 4)
  table.writeUInt16LE(sorted.length)
  const apart: Buffer[] = []
  let free = at + table.length
  sorted.forEach(([tag, type, values], i) => {
    const bytes = valueBytes(type, values)
    const entry = 2 + 12 * i
    table.writeUInt16LE(tag, entry)
    table.writeUInt16LE(type, entry + 2)
    table.writeUInt32LE(bytes.length / widths[type], entry + 4)
    if (bytes.length <= 4) bytes.copy(table, entry + 8)
    else {
      table.writeUInt32LE(free, entry + 8)
      const even = Buffer.concat([bytes, Buffer.alloc(bytes.length % 2)])
      apart.push(even)
      free += even.length
    }
  })
  return Buffer.concat([table, ...apart])
}

export interface DngOptions {
  /** Of the sensor, in pixels. */
  width: number
  height: number
  orientation?: number
  /** A JPEG that the camera put in. */
  preview?: Buffer
}

/**
 * A DNG with a sensor of red, green and blue cells that saw one colour on its upper half and black on the lower.
 *
 * @see DNG specification 1.4, chapter 4
 */
export const drawDng = ({ width, height, orientation = 1, preview }: DngOptions): Buffer => {
  const data = Buffer.alloc(width * height * 2)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data.writeUInt16LE(y < height / 2 ? 40_000 : 500, 2 * (y * width + x))
  const dataAt = 8
  const previewAt = dataAt + data.length
  const head = Buffer.from('II*\0\0\0\0\0', 'latin1')
  const jpeg = preview ? Buffer.concat([preview, Buffer.alloc(preview.length % 2)]) : Buffer.alloc(0)
  const below = previewAt + jpeg.length
  const ofPreview: Field[] = [
    [254, 4, [1]],
    [259, 3, [7]],
    [262, 3, [6]],
    [273, 4, [previewAt]],
    [279, 4, [jpeg.length]],
  ]
  const sub = preview ? directory(below, ofPreview) : Buffer.alloc(0)
  const at = below + sub.length
  head.writeUInt32LE(at, 4)
  const fields: Field[] = [
    [254, 4, [0]],
    [256, 4, [width]],
    [257, 4, [height]],
    [258, 3, [16]],
    [259, 3, [1]],
    [262, 3, [32803]],
    [271, 2, 'Test'],
    [272, 2, 'Box'],
    [273, 4, [dataAt]],
    [274, 3, [orientation]],
    [277, 3, [1]],
    [278, 4, [height]],
    [279, 4, [data.length]],
    [33421, 3, [2, 2]],
    [33422, 1, [0, 1, 1, 2]],
    [50706, 1, [1, 4, 0, 0]],
    [50708, 2, 'Test Box'],
    [50721, 10, [1, 0, 0, 0, 1, 0, 0, 0, 1]],
    [50728, 5, [1, 1, 1]],
    ...(preview ? [[330, 4, [below]] satisfies Field] : []),
  ]
  return Buffer.concat([head, data, jpeg, sub, directory(at, fields)])
}

export interface CameraRawOptions {
  /** Of the sensor, in pixels. */
  width: number
  height: number
  orientation?: number
  /** The small picture for the camera's own display. */
  small: Buffer
  /** The large one. */
  preview: Buffer
  taken?: string | undefined
}

/** A RAW as cameras lay it out: a TIFF with its directories and its small picture at the beginning, then a large one. It holds no data. */
export const drawCameraRaw = ({
  width,
  height,
  orientation = 1,
  small,
  preview,
  taken,
}: CameraRawOptions): Buffer => {
  const first = (exif: number): Field[] => [
    [254, 4, [0]],
    [256, 4, [width]],
    [257, 4, [height]],
    [262, 3, [32803]],
    [271, 2, 'Test'],
    [272, 2, 'Box'],
    [274, 3, [orientation]],
    [34665, 4, [exif]],
  ]
  const own: Field[] = [[33437, 5, [2.8]], ...(taken ? [[36867, 2, taken] satisfies Field] : [])]
  const exifAt = 8 + directory(8, first(0)).length
  const at = exifAt + directory(exifAt, own).length
  const head = Buffer.from('II*\0\x08\0\0\0', 'latin1')
  const jpegs = Buffer.concat([small, Buffer.alloc(16), preview])
  return Buffer.concat([
    head,
    directory(8, first(exifAt)),
    directory(exifAt, own),
    jpegs,
    Buffer.alloc(at % 2),
  ])
}

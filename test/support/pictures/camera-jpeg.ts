import sharp from 'sharp'

/** A field of a TIFF: its tag, its type (2 text, 3 short, 4 long, 7 bytes) and its value. */
type Field = [tag: number, type: 2 | 3 | 4 | 7, value: string | number | Buffer]

/** Where a directory ends that has so many fields and begins at `at`. */
const endOf = (at: number, fields: Field[]) => at + 2 + 12 * fields.length + 4

/** A directory of a TIFF at `at`, its longer texts behind it, and where the next one is. */
const directory = (at: number, fields: Field[], next: number): Buffer => {
  const head = Buffer.alloc(endOf(at, fields) - at)
  const texts: Buffer[] = []
  let end = endOf(at, fields)
  head.writeUInt16LE(fields.length, 0)
  fields.forEach(([tag, type, value], n) => {
    const entry = 2 + 12 * n
    head.writeUInt16LE(tag, entry)
    head.writeUInt16LE(type, entry + 2)
    if (typeof value === 'number') {
      head.writeUInt32LE(1, entry + 4)
      head.writeUInt32LE(value, entry + 8)
      return
    }
    const text = typeof value === 'string' ? Buffer.from(`${value}\0`, 'latin1') : value
    head.writeUInt32LE(text.length, entry + 4)
    head.writeUInt32LE(end, entry + 8)
    texts.push(text)
    end += text.length
  })
  head.writeUInt32LE(next, head.length - 4)
  return Buffer.concat([head, ...texts])
}

/** The EXIF block of a camera, with a small picture in it. */
const exifBlock = (small: Buffer, orientation: number, taken: string, notes?: Buffer): Buffer => {
  const first = (exif: number): Field[] => [
    [0x010f, 2, 'Bench Cameras'],
    [0x0110, 2, 'Bench 24'],
    [0x0112, 3, orientation],
    [0x8769, 4, exif],
  ]
  const own: Field[] = [[0x9003, 2, taken], ...(notes ? [[0x927c, 7, notes] as Field] : [])]
  const second = (place: number): Field[] => [
    [0x0201, 4, place],
    [0x0202, 4, small.length],
  ]
  const exifAt = 8 + directory(8, first(0), 0).length
  const secondAt = exifAt + directory(exifAt, own, 0).length
  const place = endOf(secondAt, second(0))
  const tiff = Buffer.concat([
    Buffer.from('II*\0\x08\0\0\0', 'latin1'),
    directory(8, first(exifAt), secondAt),
    directory(exifAt, own, 0),
    directory(secondAt, second(place), 0),
    small,
  ])
  const head = Buffer.from('\xff\xe1\0\0Exif\0\0', 'latin1')
  head.writeUInt16BE(tiff.length + 8, 2)
  return Buffer.concat([head, tiff])
}

/** The small picture that a camera makes of its own: 160 × 120 pixels, filled up with black where its shape is another. */
const smallOf = (jpeg: Buffer) =>
  sharp(jpeg).resize(160, 120, { fit: 'contain', background: '#000' }).jpeg({ quality: 70 }).toBuffer()

/** A JPEG as a camera writes it: with EXIF, and a small picture in that. `taken`: as EXIF says it. */
export const asCameraJpeg = async (
  jpeg: Buffer,
  {
    orientation = 1,
    taken = '2024:05:06 07:08:09',
    small,
    notes,
  }: { orientation?: number; taken?: string; small?: Buffer; notes?: Buffer } = {},
): Promise<Buffer> =>
  Buffer.concat([
    jpeg.subarray(0, 2),
    exifBlock(small ?? (await smallOf(jpeg)), orientation, taken, notes),
    jpeg.subarray(2),
  ])

/** A JPEG without metadata that costs a decoder what a photograph of its size does: noise over colours. */
export const noisyJpeg = async (width: number, height: number, hue = 0, quality = 92): Promise<Buffer> => {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const
  const grain = await sharp({
    create: {
      width: Math.ceil(width / 3),
      height: Math.ceil(height / 3),
      channels: 3,
      background: '#888',
      noise,
    },
  })
    .resize(width, height, { fit: 'fill' })
    .png({ compressionLevel: 1 })
    .toBuffer()
  const shapes = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="60%" fill="hsl(${hue} 50% 60%)"/>
    <rect y="60%" width="100%" height="40%" fill="hsl(${hue + 120} 40% 35%)"/></svg>`
  return sharp(Buffer.from(shapes))
    .composite([{ input: grain, blend: 'soft-light' }])
    .jpeg({ quality })
    .toBuffer()
}

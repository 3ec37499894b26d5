import { rgbaToThumbHash } from 'thumbhash'

/** Pixels as sharp gives them raw: one or two channels are grey, the second or fourth is transparency. */
export interface Pixels {
  data: Buffer
  info: { width: number; height: number; channels: number }
}

/** Longest side of what a placeholder is made from: it keeps no more than a few waves across. */
const side = 32

/** Of a large picture every second pixel of every second row is enough, and four times as quick. */
const stepFor = ({ width, height }: Pixels['info']) => (Math.min(width, height) >= 4 * side ? 2 : 1)

/** The pixels averaged in boxes, `columns` × `rows` of them, one value for each channel. A single pass: this is hot. */
const average = ({ data, info }: Pixels, columns: number, rows: number): Float64Array => {
  const { width, height, channels } = info
  const sums = new Uint32Array(columns * rows * channels)
  const counts = new Uint32Array(columns * rows)
  const step = stepFor(info)
  const columnOf = new Uint32Array(width)
  for (let x = 0; x < width; x += step) columnOf[x] = (x * columns) / width
  for (let y = 0; y < height; y += step) {
    const row = Math.floor((y * rows) / height) * columns
    for (let x = 0; x < width; x += step) {
      const box = row + (columnOf[x] ?? 0)
      const from = (y * width + x) * channels
      const to = box * channels
      counts[box] = (counts[box] ?? 0) + 1
      for (let c = 0; c < channels; c++) sums[to + c] = (sums[to + c] ?? 0) + (data[from + c] ?? 0)
    }
  }
  const means = new Float64Array(sums.length)
  for (let i = 0; i < sums.length; i++) means[i] = (sums[i] ?? 0) / (counts[Math.floor(i / channels)] || 1)
  return means
}

/** A few bytes that stand in for a thumbnail while it is on its way: its ThumbHash in base64. */
export const placeholderOf = (pixels: Pixels): string => {
  const { width, height, channels } = pixels.info
  const scale = Math.min(1, side / Math.max(width, height))
  const [columns, rows] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))]
  const boxes = average(pixels, columns, rows)
  const hasAlpha = channels === 2 || channels === 4
  const rgba = new Uint8Array(columns * rows * 4)
  for (let box = 0; box < columns * rows; box++) {
    const at = box * channels
    for (let colour = 0; colour < 3; colour++)
      rgba[box * 4 + colour] = Math.round(boxes[at + (channels < 3 ? 0 : colour)] ?? 0)
    rgba[box * 4 + 3] = hasAlpha ? Math.round(boxes[at + channels - 1] ?? 0) : 255
  }
  return Buffer.from(rgbaToThumbHash(columns, rows, rgba)).toString('base64')
}

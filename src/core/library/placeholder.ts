import { rgbaToThumbHash } from 'thumbhash'

/** Pixels as sharp gives them raw: one or two channels are grey, the second or fourth is transparency. */
export interface Pixels {
  data: Buffer
  info: { width: number; height: number; channels: number }
}

/** Longest side of what a placeholder is made from: it keeps no more than a few waves across. */
const side = 32

/** The average of a box of pixels, as red, green, blue and opacity. */
const average = ({ data, info }: Pixels, x0: number, x1: number, y0: number, y1: number): number[] => {
  const { width, channels } = info
  const sums = [0, 0, 0, 0]
  for (let y = y0; y < y1; y++)
    for (let at = (y * width + x0) * channels, end = at + (x1 - x0) * channels; at < end; at++) {
      const channel = (at - y * width * channels) % channels
      sums[channel] = (sums[channel] ?? 0) + (data[at] ?? 0)
    }
  const [a = 0, b = 0, c = 0, d = 0] = sums.map((sum) => Math.round(sum / ((x1 - x0) * (y1 - y0))))
  if (channels < 3) return [a, a, a, channels === 2 ? b : 255]
  return [a, b, c, channels === 4 ? d : 255]
}

/** A few bytes that stand in for a thumbnail while it is on its way: its ThumbHash in base64. */
export const placeholderOf = (pixels: Pixels): string => {
  const { width, height } = pixels.info
  const scale = Math.min(1, side / Math.max(width, height))
  const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))]
  const edge = (n: number, count: number, length: number) => Math.floor((n * length) / count)
  const rgba: number[] = []
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      const [x0, x1] = [edge(x, w, width), edge(x + 1, w, width)]
      rgba.push(...average(pixels, x0, x1, edge(y, h, height), edge(y + 1, h, height)))
    }
  return Buffer.from(rgbaToThumbHash(w, h, rgba)).toString('base64')
}

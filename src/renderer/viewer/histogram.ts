import { placementOf, shownSize } from '../../shared/domain/adjusted-view.ts'
import { noAdjustment, type Adjustment } from '../../shared/domain/adjustments.ts'
import { changeLight } from '../../shared/domain/light.ts'

/** How many pixels have each value from 0 to 255: of each colour, and of their lightness. */
export interface Histogram {
  red: Uint32Array
  green: Uint32Array
  blue: Uint32Array
  light: Uint32Array
  /** The part of the pixels, 0 to 1, of which a colour is as dark, or as light, as can be: what was there is lost. */
  shadows: number
  highlights: number
}

/** @param pixels Red, green, blue and alpha of one after the other, as a canvas gives them. */
export const histogramOf = (pixels: Uint8ClampedArray): Histogram => {
  const [red, green, blue, light] = [0, 1, 2, 3].map(() => new Uint32Array(256)) as [
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
  ]
  const count = pixels.length / 4
  let [dark, bright] = [0, 0]
  const add = (bins: Uint32Array, value: number) => (bins[value] = (bins[value] ?? 0) + 1)
  for (let i = 0; i < pixels.length; i += 4) {
    const [r = 0, g = 0, b = 0] = [pixels[i], pixels[i + 1], pixels[i + 2]]
    add(red, r)
    add(green, g)
    add(blue, b)
    add(light, Math.round(0.2126 * r + 0.7152 * g + 0.0722 * b))
    if (Math.min(r, g, b) === 0) dark++
    if (Math.max(r, g, b) === 255) bright++
  }
  return { red, green, blue, light, shadows: dark / (count || 1), highlights: bright / (count || 1) }
}

/** As many pixels are looked at along the longest side: more tell the same. */
const sampledPx = 512

/**
 * The histogram of a picture that is decoded, as it is adjusted. Pixels are picked and not mixed, so that what is clipped stays so.
 */
export const histogramOfImage = (
  image: HTMLImageElement,
  adjustment: Adjustment = noAdjustment,
): Histogram => {
  const whole = { width: image.naturalWidth, height: image.naturalHeight }
  const shown = shownSize(whole, adjustment)
  const part = Math.min(1, sampledPx / Math.max(shown.width, shown.height))
  const width = Math.max(1, Math.round(shown.width * part))
  const height = Math.max(1, Math.round(shown.height * part))
  const canvas = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (!canvas) throw new Error('There is no canvas.')
  canvas.imageSmoothingEnabled = false
  const place = placementOf(whole, adjustment)
  const [wide, high] = [place.width * width, place.height * height]
  canvas.translate(place.left * width + wide / 2, place.top * height + high / 2)
  canvas.rotate((place.degrees * Math.PI) / 180)
  canvas.drawImage(image, -wide / 2, -high / 2, wide, high)
  const { data } = canvas.getImageData(0, 0, width, height)
  changeLight(data, 4, adjustment)
  return histogramOf(data)
}

/** The outline of bins in a box 256 wide and 100 high, as the path of an SVG. `most`: what is as high as the box. */
export const outlineOf = (bins: Uint32Array, most: number): string => {
  const points = Array.from(
    bins,
    (count, x) => `${x} ${(100 - 100 * Math.min(1, count / (most || 1))).toFixed(1)}`,
  )
  return `M0 100L${points.join('L')}L255 100Z`
}

/** Of a picture that is turned already: its left and upper edge, width and height, each as a part of the picture's own. */
export interface Crop {
  left: number
  top: number
  width: number
  height: number
}

/** How a photo is shown other than its file has it. In this order: rotation, straightening, crop; then black and white, exposure. */
export interface Adjustment {
  /** Degrees, clockwise. */
  rotation: 0 | 90 | 180 | 270
  /** Straightened by so many degrees besides, clockwise: -45 to 45, in tenths. */
  angle: number
  /** Null: all of the picture, or where it is straightened the largest part of its shape that has no empty corners. */
  crop: Crop | null
  /** Stops, of light: -3 to 3, in hundredths. */
  exposure: number
  blackAndWhite: boolean
}

export const maxAngle = 45
export const maxExposure = 3
/** The shortest side of a crop, as a part of the picture's. */
export const minCrop = 0.02

/** Bytes of an adjustment as text, at most. */
export const maxAdjustmentBytes = 64

export const noAdjustment: Adjustment = {
  rotation: 0,
  angle: 0,
  crop: null,
  exposure: 0,
  blackAndWhite: false,
}

/** Parts of a picture are whole numbers of these. */
const steps = 10_000
/** A straightened picture reaches beyond the edges that it had, by less than its length. */
const beyond = 0.5

const limit = (value: number, most: number) => Math.min(most, Math.max(-most, value))

const isWhole = ({ left, top, width, height }: Crop) =>
  left <= 0 && top <= 0 && left + width >= 1 && top + height >= 1

const cropText = (crop: Crop) => {
  const { left, top, width, height } = crop
  return `c${[left, top, width, height].map((part) => Math.round(part * steps)).join('.')}`
}

/**
 * An adjustment as it is recorded; empty where nothing is adjusted. One that is the same has the same text, of letters, digits, `.`,
 * `-` and `_`: `r90_a-25_c1000.0.5000.7500_e75_m` is turned right, straightened by 2.5° to the left, cropped, lighter by three quarters
 * of a stop, and black and white.
 */
export const formatAdjustment = ({ rotation, angle, crop, exposure, blackAndWhite }: Adjustment): string => {
  const tenths = Math.round(limit(angle, maxAngle) * 10)
  const hundredths = Math.round(limit(exposure, maxExposure) * 100)
  return [
    rotation === 0 ? '' : `r${rotation}`,
    tenths === 0 ? '' : `a${tenths}`,
    !crop || (tenths === 0 && isWhole(crop)) ? '' : cropText(crop),
    hundredths === 0 ? '' : `e${hundredths}`,
    blackAndWhite ? 'm' : '',
  ]
    .filter(Boolean)
    .join('_')
}

const shape =
  /^(?:r(90|180|270))?(?:_?a(-?\d{1,3}))?(?:_?c(-?\d{1,5})\.(-?\d{1,5})\.(\d{1,5})\.(\d{1,5}))?(?:_?e(-?\d{1,3}))?(?:_?(m))?$/

const cropIn = ([left, top, width, height]: number[]): Crop | null =>
  left === undefined || top === undefined || width === undefined || height === undefined
    ? null
    : { left, top, width, height }

/** Whether a crop lies as one may: what of it has no picture below it is mended where it is shown. */
const isPossible = ({ left, top, width, height }: Crop) =>
  Math.min(width, height) >= minCrop &&
  Math.min(left, top) >= -beyond &&
  Math.max(left + width, top + height) <= 1 + beyond

/** The adjustment that a text tells of; null for what tells of none, or not in the one way in which it is written. */
export const parseAdjustment = (text: string | null | undefined): Adjustment | null => {
  const found = text ? shape.exec(text) : null
  if (!found) return null
  const [, rotation = '0', angle = '0', left, top, width, height, exposure = '0', mono] = found
  const parts = [left, top, width, height].flatMap((part) => (part === undefined ? [] : Number(part) / steps))
  const adjustment = {
    rotation: Number(rotation) as Adjustment['rotation'],
    angle: Number(angle) / 10,
    crop: cropIn(parts),
    exposure: Number(exposure) / 100,
    blackAndWhite: mono !== undefined,
  }
  if (adjustment.crop && !isPossible(adjustment.crop)) return null
  return formatAdjustment(adjustment) === text ? adjustment : null
}

const turnedCrop = ({ left, top, width, height }: Crop): Crop => ({
  left: 1 - top - height,
  top: left,
  width: height,
  height: width,
})

/** The same turned by so many quarters of a circle, clockwise, as it is seen: what is cropped stays cropped. */
export const turned = (adjustment: Adjustment, quarters: number): Adjustment => {
  const count = ((quarters % 4) + 4) % 4
  let { crop } = adjustment
  for (let n = 0; n < count && crop; n++) crop = turnedCrop(crop)
  return { ...adjustment, crop, rotation: ((adjustment.rotation + 90 * count) % 360) as 0 }
}

import type { Adjustment } from './adjustments.ts'

/** How much of red, green and blue light is in the lightness of a colour of sRGB. @see ITU-R BT.709 */
export const luminance = [0.2126, 0.7152, 0.0722] as const

/** The light that a number of sRGB stands for, both from 0 to 1. @see IEC 61966-2-1 */
const toLight = (value: number): number =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4

/** The number of sRGB that stands for so much light; more than all is all. */
const fromLight = (light: number): number => {
  const most = Math.min(1, light)
  return most <= 0.0031308 ? 12.92 * most : 1.055 * most ** (1 / 2.4) - 0.055
}

/** Light is told apart this finely where colours are mixed: each number of sRGB has several of its own. */
const lightSteps = 16_384

const expose = (data: Uint8Array | Uint8ClampedArray, channels: number, gain: number) => {
  const table = Uint8Array.from({ length: 256 }, (_, value) =>
    Math.round(255 * fromLight(gain * toLight(value / 255))),
  )
  const colours = channels < 3 ? 1 : 3
  for (let i = 0; i < data.length; i += channels)
    for (let c = i; c < i + colours; c++) data[c] = table[data[c] ?? 0] ?? 0
}

const whiten = (data: Uint8Array | Uint8ClampedArray, channels: number, gain: number) => {
  const [reds, greens, blues] = luminance.map((part) =>
    Float32Array.from({ length: 256 }, (_, value) => part * toLight(value / 255) * lightSteps),
  ) as [Float32Array, Float32Array, Float32Array]
  const table = Uint8Array.from({ length: lightSteps + 1 }, (_, light) =>
    Math.round(255 * fromLight((gain * light) / lightSteps)),
  )
  for (let i = 0; i < data.length; i += channels) {
    const light = (reds[data[i] ?? 0] ?? 0) + (greens[data[i + 1] ?? 0] ?? 0) + (blues[data[i + 2] ?? 0] ?? 0)
    data.fill(table[Math.round(light)] ?? 255, i, i + 3)
  }
}

/**
 * Changes the light of pixels of sRGB, in place. `channels` for each: one or two are grey, the second or fourth is transparency, which
 * stays.
 */
export const changeLight = (
  data: Uint8Array | Uint8ClampedArray,
  channels: number,
  { exposure, blackAndWhite }: Pick<Adjustment, 'exposure' | 'blackAndWhite'>,
): void => {
  const gain = 2 ** exposure
  if (blackAndWhite && channels >= 3) whiten(data, channels, gain)
  else if (exposure !== 0) expose(data, channels, gain)
}

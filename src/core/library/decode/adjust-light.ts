import type { Adjustment } from '../../../shared/domain/adjustments.ts'
import { fromLight, luminance, toLight } from '../../../shared/domain/light.ts'
import type { Pixels } from './thumbhash.ts'

type Light = Pick<Adjustment, 'exposure' | 'blackAndWhite'>

/** Light is told apart this finely where colours are mixed: each number of sRGB has several of its own. */
const lightSteps = 16_384

/** For each number of sRGB, 0 to 255, the one with so many times the light. */
const gained = (gain: number) =>
  Uint8Array.from({ length: 256 }, (_, value) => Math.round(255 * fromLight(gain * toLight(value / 255))))

const expose = (data: Uint8Array, channels: number, gain: number) => {
  const table = gained(gain)
  const colours = channels < 3 ? 1 : 3
  for (let i = 0; i < data.length; i += channels)
    for (let c = i; c < i + colours; c++) data[c] = table[data[c] ?? 0] ?? 0
}

const whiten = (data: Uint8Array, channels: number, gain: number) => {
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
 * Changes the light of pixels of sRGB, in place. sharp's own operations multiply the numbers that stand for light and not the light
 * itself, or cut it to bytes in between.
 */
export const adjustLight = (
  { data, info: { channels } }: Pixels,
  { exposure, blackAndWhite }: Light,
): void => {
  const gain = 2 ** exposure
  if (blackAndWhite && channels >= 3) whiten(data, channels, gain)
  else if (exposure !== 0) expose(data, channels, gain)
}

import { expect, test } from 'vitest'
import { noAdjustment, type Adjustment } from '../../../shared/domain/adjustments.ts'
import { shownSize } from '../../../shared/domain/adjusted-view.ts'
import { adjustPixels } from './adjust-picture.ts'
import { toPixels } from './image.ts'
import { sharp } from './sharp.ts'
import type { Pixels } from './thumbhash.ts'

const colours = {
  red: [220, 20, 20],
  green: [20, 200, 20],
  blue: [20, 20, 220],
  grey: [120, 120, 120],
} as const
type Colour = keyof typeof colours

/** A picture in four fields: red and green above blue and grey. */
const fields = (width: number, height: number): Pixels => {
  const data = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const colour: Colour =
        y < height / 2 ? (x < width / 2 ? 'red' : 'green') : x < width / 2 ? 'blue' : 'grey'
      data.set(colours[colour], 3 * (y * width + x))
    }
  return { data, info: { width, height, channels: 3 } }
}

const adjusted = (adjustment: Partial<Adjustment>, size = { width: 120, height: 80 }) =>
  adjustPixels(fields(size.width, size.height), { ...noAdjustment, ...adjustment })

/** What stands at a place of a picture, in parts of its width and height. */
const at = ({ data, info: { width, height, channels } }: Pixels, x: number, y: number) => {
  const start = channels * (Math.floor(y * height) * width + Math.floor(x * width))
  return [...data.subarray(start, start + 3)]
}

const nameAt = (pixels: Pixels, x: number, y: number) => {
  const [r = 0, g = 0, b = 0] = at(pixels, x, y)
  const off = (colour: Colour) => {
    const [red, green, blue] = colours[colour]
    return Math.abs(red - r) + Math.abs(green - g) + Math.abs(blue - b)
  }
  return (Object.keys(colours) as Colour[]).find((colour) => off(colour) < 12) ?? `${r} ${g} ${b}`
}

const corners = (pixels: Pixels) =>
  [
    [0.2, 0.2],
    [0.8, 0.2],
    [0.2, 0.8],
    [0.8, 0.8],
  ].map(([x = 0, y = 0]) => nameAt(pixels, x, y))

test.each<[Adjustment['rotation'], Colour[]]>([
  [0, ['red', 'green', 'blue', 'grey']],
  [90, ['blue', 'red', 'grey', 'green']],
  [180, ['grey', 'blue', 'green', 'red']],
  [270, ['green', 'grey', 'red', 'blue']],
])('turned by %i° clockwise the upper left is where it belongs', async (rotation, expected) => {
  const pixels = await adjusted({ rotation })
  expect(corners(pixels)).toEqual(expected)
  const { width, height } = shownSize({ width: 120, height: 80 }, { ...noAdjustment, rotation })
  expect([pixels.info.width, pixels.info.height]).toEqual([width, height])
})

test('a crop is cut out of the picture as it is turned', async () => {
  const crop = { left: 0.5, top: 0, width: 0.5, height: 0.25 }
  const pixels = await adjusted({ rotation: 90, crop })
  expect([pixels.info.width, pixels.info.height]).toEqual([40, 30])
  expect(new Set(corners(pixels))).toEqual(new Set(['red']))
})

test('straightened, the horizon sinks to the right where the angle is positive', async () => {
  const pixels = await adjusted({ angle: 10 }, { width: 600, height: 600 })
  const horizon = (x: number) => {
    for (let y = 0; y < 1; y += 0.002) if (['blue', 'grey'].includes(nameAt(pixels, x, y))) return y
    return Number.NaN
  }
  const rise = (horizon(0.85) - horizon(0.15)) / 0.7
  expect(rise).toBeCloseTo(Math.tan((10 * Math.PI) / 180), 1)
})

test.each([
  [7, 0, { width: 300, height: 200 }],
  [-33.3, 90, { width: 301, height: 99 }],
  [45, 270, { width: 100, height: 100 }],
] as const)(
  'a picture straightened by %d° on top of %i° has no empty corner, and the size that is told',
  async (angle, rotation, size) => {
    const pixels = await adjusted({ angle, rotation }, size)
    const { width, height, channels } = pixels.info
    const told = shownSize(size, { ...noAdjustment, angle, rotation })
    expect(Math.abs(width - told.width)).toBeLessThanOrEqual(2)
    expect(Math.abs(height - told.height)).toBeLessThanOrEqual(2)
    const lightest = [0, width - 1, (height - 1) * width, height * width - 1].map((place) =>
      Math.max(...pixels.data.subarray(place * channels, place * channels + 3)),
    )
    expect(Math.min(...lightest)).toBeGreaterThan(100)
  },
)

test('one stop doubles the light and not the numbers; what is lighter than white is white', async () => {
  const pixels = await adjusted({ exposure: 1 })
  // IEC 61966-2-1: 120 stands for 0.1878, 165 for 0.376.
  expect(at(pixels, 0.8, 0.8)).toEqual([165, 165, 165])
  expect(at(pixels, 0.2, 0.2)[0]).toBe(255)
  const darker = await adjusted({ exposure: -1 })
  expect(at(darker, 0.8, 0.8)).toEqual([86, 86, 86])
})

test('black and white has the lightness that sharp gives a picture in greys', async () => {
  const pixels = await adjusted({ blackAndWhite: true })
  const { data } = fields(120, 80)
  const raw = { width: 120, height: 80, channels: 3 } as const
  const greys = await toPixels(sharp(data, { raw }).greyscale())
  const differences = [...greys.data].map((value, i) => Math.abs(value - (pixels.data[3 * i] ?? 0)))
  expect(Math.max(...differences)).toBeLessThanOrEqual(4)
})

test('what is transparent stays so', async () => {
  const data = Buffer.from([10, 20, 30, 128])
  const pixels = { data, info: { width: 1, height: 1, channels: 4 } } as Pixels
  const { data: made } = await adjustPixels(pixels, { ...noAdjustment, exposure: 1, blackAndWhite: true })
  expect(made[3]).toBe(128)
  expect(made[0]).toBe(made[2])
})

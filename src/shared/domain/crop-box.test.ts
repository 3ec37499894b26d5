import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keptWithin, largestCrop } from './adjusted-view.ts'
import { minCrop, type Crop } from './adjustments.ts'
import { movedCrop, pulledCrop, shapedCrop, type Handle } from './crop-box.ts'

const frame = { width: 6000, height: 4000 }
const half: Crop = { left: 0.25, top: 0.25, width: 0.5, height: 0.5 }
const free = { frame, angle: 0, ratio: null }
const lowerRight: Handle = { x: 1, y: 1 }

const near = (crop: Crop, wanted: Crop) => {
  for (const side of ['left', 'top', 'width', 'height'] as const)
    expect(crop[side]).toBeCloseTo(wanted[side], 5)
}

const ratioOf = ({ width, height }: Crop) => (width * frame.width) / (height * frame.height)

test('a corner is pulled, and the opposite one stays', () => {
  near(pulledCrop(half, lowerRight, { x: 0.1, y: -0.2 }, free), { ...half, width: 0.6, height: 0.3 })
  near(pulledCrop(half, { x: -1, y: -1 }, { x: 0.1, y: 0.1 }, free), {
    left: 0.35,
    top: 0.35,
    width: 0.4,
    height: 0.4,
  })
})

test('an edge moves along one direction alone', () => {
  near(pulledCrop(half, { x: 0, y: -1 }, { x: 0.3, y: -0.1 }, free), { ...half, top: 0.15, height: 0.6 })
})

test('nothing is pulled beyond the picture, nor to nothing', () => {
  near(pulledCrop(half, { x: 1, y: 0 }, { x: 5, y: 0 }, free), { ...half, width: 0.75 })
  const { width, height } = pulledCrop(half, lowerRight, { x: -5, y: -5 }, free)
  expect([width, height]).toEqual([minCrop, minCrop])
})

test('a crop that keeps its shape keeps it at each handle', () => {
  const square = shapedCrop(half, { ...free, ratio: 1 })
  expect(ratioOf(square)).toBeCloseTo(1)
  for (const x of [-1, 0, 1] as const)
    for (const y of [-1, 0, 1] as const) {
      if (x === 0 && y === 0) continue
      const pulled = pulledCrop(square, { x, y }, { x: 0.07 * x, y: 0.02 * y }, { ...free, ratio: 1 })
      expect(ratioOf(pulled)).toBeCloseTo(1)
      expect(pulled.width).toBeGreaterThan(square.width)
    }
})

test('another shape has the same middle, and about the same size', () => {
  const tall = shapedCrop(half, { ...free, ratio: 2 / 3 })
  expect(tall.left + tall.width / 2).toBeCloseTo(0.5)
  expect(tall.width * tall.height).toBeCloseTo(0.25)
})

test('a crop is moved as far as there is a picture', () => {
  near(movedCrop(half, { x: 0.1, y: -9 }, free), { ...half, left: 0.35, top: 0 })
})

test('whatever is pulled and moved of a straightened picture, it shows no empty corner', () => {
  const part = fc.double({ min: -1, max: 1, noNaN: true })
  const side = fc.constantFrom<-1 | 0 | 1>(-1, 0, 1)
  const angles = fc.integer({ min: -45, max: 45 })
  fc.assert(
    fc.property(
      angles,
      side,
      side,
      part,
      part,
      fc.option(fc.constantFrom(1, 1.5, 0.75)),
      (angle, x, y, by, to, ratio) => {
        const room = { frame, angle, ratio }
        const start = ratio === null ? largestCrop(frame, angle) : largestCrop(frame, angle, ratio)
        for (const crop of [
          pulledCrop(start, { x, y }, { x: by, y: to }, room),
          movedCrop(pulledCrop(start, { x, y }, { x: -0.3 * x, y: -0.3 * y }, room), { x: by, y: to }, room),
        ])
          near(keptWithin(crop, frame, angle), crop)
      },
    ),
  )
})

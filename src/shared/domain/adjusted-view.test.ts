import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  cropOf,
  keptWithin,
  largestCrop,
  partOfWhole,
  placementOf,
  shownSize,
  spotOfWhole,
  spotSeen,
} from './adjusted-view.ts'
import { noAdjustment, type Crop } from './adjustments.ts'

const sizes = fc.record({
  width: fc.integer({ min: 1, max: 9000 }),
  height: fc.integer({ min: 1, max: 9000 }),
})
const angles = fc.integer({ min: -450, max: 450 }).map((tenths) => tenths / 10)
const crops = fc.record({
  left: fc.double({ min: -0.5, max: 0.9, noNaN: true }),
  top: fc.double({ min: -0.5, max: 0.9, noNaN: true }),
  width: fc.double({ min: 0.02, max: 1, noNaN: true }),
  height: fc.double({ min: 0.02, max: 1, noNaN: true }),
})

/** How far the corners of a crop lie outside of a straightened picture, at most, as a part of its longest side. */
const outside = (crop: Crop, { width, height }: { width: number; height: number }, angle: number) => {
  const [cos, sin] = [Math.cos((-angle * Math.PI) / 180), Math.sin((-angle * Math.PI) / 180)]
  const corners = [0, 1].flatMap((right) =>
    [0, 1].map((down) => {
      const x = (crop.left + right * crop.width - 0.5) * width
      const y = (crop.top + down * crop.height - 0.5) * height
      return Math.max(Math.abs(x * cos - y * sin) - width / 2, Math.abs(x * sin + y * cos) - height / 2)
    }),
  )
  return Math.max(...corners) / Math.max(width, height)
}

test('the largest part of a straightened picture has its shape, no empty corners, and touches an edge', () => {
  fc.assert(
    fc.property(sizes, angles, (frame, angle) => {
      const crop = largestCrop(frame, angle)
      expect(crop.width).toBeCloseTo(crop.height)
      expect(Math.abs(outside(crop, frame, angle))).toBeLessThan(1e-9)
    }),
  )
})

test('a crop that is kept within has no empty corners, and one that had none stays as it is', () => {
  fc.assert(
    fc.property(sizes, angles, crops, (frame, angle, crop) => {
      const kept = keptWithin(crop, frame, angle)
      expect(outside(kept, frame, angle)).toBeLessThan(1e-9)
      expect((kept.width * crop.height) / (kept.height * crop.width)).toBeCloseTo(1)
      if (outside(crop, frame, angle) > -1e-9) return
      for (const side of ['left', 'top', 'width', 'height'] as const)
        expect(kept[side]).toBeCloseTo(crop[side])
    }),
  )
})

test('a picture that is turned is as high as it was wide', () => {
  expect(shownSize({ width: 6000, height: 4000 }, { ...noAdjustment, rotation: 90 })).toEqual({
    width: 4000,
    height: 6000,
  })
})

test('of a crop so many pixels are shown as it has, after the turn', () => {
  const crop = { left: 0.25, top: 0.5, width: 0.5, height: 0.25 }
  const whole = { width: 6000, height: 4000 }
  expect(shownSize(whole, { ...noAdjustment, crop })).toEqual({ width: 3000, height: 1000 })
  expect(shownSize(whole, { ...noAdjustment, rotation: 270, crop })).toEqual({ width: 2000, height: 1500 })
})

test('a square that is straightened by 45° keeps the square whose corners touch its sides', () => {
  const { left, width } = cropOf({ width: 1000, height: 1000 }, { ...noAdjustment, angle: 45 })
  expect([left, width]).toEqual([expect.closeTo((1 - Math.SQRT1_2) / 2), expect.closeTo(Math.SQRT1_2)])
})

test('a picture that is not adjusted fills its box; one that is turned lies across it, around its middle', () => {
  const whole = { width: 6000, height: 3000 }
  expect(placementOf(whole, noAdjustment)).toEqual({ left: 0, top: 0, width: 1, height: 1, degrees: 0 })
  expect(placementOf(whole, { ...noAdjustment, rotation: 90 })).toEqual({
    left: -0.5,
    top: 0.25,
    width: 2,
    height: 0.5,
    degrees: 90,
  })
})

test('the part of the whole picture that is needed is what is looked at', () => {
  const whole = { width: 6000, height: 4000 }
  const part = { left: 100, top: 200, width: 1000, height: 500 }
  expect(partOfWhole(whole, noAdjustment, part)).toEqual(part)
  // Turned right, what is at the top of the screen is at the left of the picture.
  const turned = partOfWhole(whole, { ...noAdjustment, rotation: 90 }, part)
  expect(turned.left).toBeCloseTo(200)
  expect(turned.top).toBeCloseTo(2900)
  expect([turned.width, turned.height]).toEqual([expect.closeTo(500), expect.closeTo(1000)])
})

test('a spot of a picture that is turned clockwise and cropped to its right half is seen where it lies there', () => {
  const adjustment = {
    ...noAdjustment,
    rotation: 90 as const,
    crop: { left: 0.5, top: 0, width: 0.5, height: 1 },
  }
  const whole = { width: 600, height: 400 }
  // The upper left corner of the picture is the upper right one of what is seen.
  expect(spotSeen(whole, adjustment, { x: 0, y: 0 })).toEqual({ x: expect.closeTo(1), y: expect.closeTo(0) })
  expect(spotSeen(whole, adjustment, { x: 0.5, y: 1 }).x).toBeCloseTo(-1)
  expect(spotOfWhole(whole, adjustment, { x: 0, y: 1 })).toEqual({
    x: expect.closeTo(1),
    y: expect.closeTo(0.5),
  })
})

test('a spot that is chosen on what is seen is seen there again', () => {
  const parts = fc.double({ min: 0, max: 1, noNaN: true })
  const rotations = fc.constantFrom(0 as const, 90 as const, 180 as const, 270 as const)
  fc.assert(
    fc.property(sizes, rotations, angles, crops, parts, parts, (whole, rotation, angle, crop, x, y) => {
      const adjustment = { ...noAdjustment, rotation, angle, crop }
      const again = spotSeen(whole, adjustment, spotOfWhole(whole, adjustment, { x, y }))
      expect(again).toEqual({ x: expect.closeTo(x, 5), y: expect.closeTo(y, 5) })
    }),
  )
})

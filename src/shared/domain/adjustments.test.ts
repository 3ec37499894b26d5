import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  formatAdjustment,
  maxAdjustmentBytes,
  noAdjustment,
  parseAdjustment,
  turned,
  type Adjustment,
} from './adjustments.ts'

const adjustments = fc.record({
  rotation: fc.constantFrom<Adjustment['rotation'][]>(0, 90, 180, 270),
  angle: fc.integer({ min: -450, max: 450 }).map((tenths) => tenths / 10),
  crop: fc.option(
    fc.record({
      left: fc.integer({ min: 0, max: 4000 }).map((part) => part / 10_000),
      top: fc.integer({ min: 0, max: 4000 }).map((part) => part / 10_000),
      width: fc.integer({ min: 300, max: 5900 }).map((part) => part / 10_000),
      height: fc.integer({ min: 300, max: 5900 }).map((part) => part / 10_000),
    }),
  ),
  exposure: fc.integer({ min: -300, max: 300 }).map((hundredths) => hundredths / 100),
  blackAndWhite: fc.boolean(),
})

test('an adjustment is written in a few letters, and read again', () => {
  const adjustment: Adjustment = {
    rotation: 90,
    angle: -2.5,
    crop: { left: 0.1, top: 0, width: 0.5, height: 0.75 },
    exposure: 0.75,
    blackAndWhite: true,
  }
  expect(formatAdjustment(adjustment)).toBe('r90_a-25_c1000.0.5000.7500_e75_m')
  expect(parseAdjustment('r90_a-25_c1000.0.5000.7500_e75_m')).toEqual(adjustment)
})

test('what is written is read as it was, within the bytes that a record grants it', () => {
  fc.assert(
    fc.property(adjustments, (adjustment) => {
      const text = formatAdjustment(adjustment)
      expect(text.length).toBeLessThanOrEqual(maxAdjustmentBytes)
      expect(text).toMatch(/^[\w.-]*$/)
      if (text === '') expect(parseAdjustment(text)).toBeNull()
      else expect(formatAdjustment(parseAdjustment(text) ?? noAdjustment)).toBe(text)
    }),
  )
})

test('nothing adjusted is no text, also where all of a picture was asked for', () => {
  expect(formatAdjustment(noAdjustment)).toBe('')
  expect(formatAdjustment({ ...noAdjustment, crop: { left: 0, top: 0, width: 1, height: 1 } })).toBe('')
})

test('more than there can be is as much as there can be', () => {
  expect(formatAdjustment({ ...noAdjustment, angle: 80, exposure: -9 })).toBe('a450_e-300')
})

test.each([
  '',
  'r45',
  'r0',
  'a0',
  'a-0',
  'a460',
  'e301',
  'e075',
  'm_r90',
  'r90m',
  'r90_',
  '_r90',
  'r90_e75_m_x',
  'c0.0.10000.10000',
  'c0.0.100.5000',
  'c-9000.0.5000.5000',
  'c0.0.5000',
  'c9000.0.9000.5000',
  '../../etc',
  'R90',
])('%j is no adjustment', (text) => {
  expect(parseAdjustment(text)).toBeNull()
})

test('turned four times it is as before, and each turn takes the crop along', () => {
  const adjustment = { ...noAdjustment, angle: 3, crop: { left: 0.1, top: 0.2, width: 0.3, height: 0.4 } }
  const once = turned(adjustment, 1)
  expect(once).toMatchObject({ rotation: 90, angle: 3 })
  // What was at the upper left is at the upper right.
  expect(once.crop?.left).toBeCloseTo(0.4)
  expect(once.crop?.top).toBeCloseTo(0.1)
  expect(formatAdjustment(turned(once, 3))).toBe(formatAdjustment(adjustment))
  expect(formatAdjustment(turned(adjustment, -1))).toBe(formatAdjustment(turned(adjustment, 3)))
})

import { describe, expect, test } from 'vitest'
import { elementHeight, inContent, inElement, isWorn, tallestPx } from './tall-content.ts'

const screen = 900
/** A million photos one below the other. */
const height = 900_000_000

describe('a content that fits', () => {
  test('lies in its element as it is', () => {
    expect(elementHeight(1000)).toBe(1000)
    expect([0, 500, 14_000_000].map((top) => inElement(top, 14_999_000, screen))).toEqual([
      0, 500, 14_000_000,
    ])
    expect(inContent(14_000_000, 14_999_000, screen)).toBe(14_000_000)
    expect(isWorn(14_998_000, 0, 14_999_000, screen)).toBe(false)
  })
})

describe('a content that is too tall for a browser', () => {
  test('begins and ends where its element does, pixel for pixel', () => {
    expect(elementHeight(height)).toBe(tallestPx)
    for (const top of [0, 1, 400_000]) {
      expect(inElement(top, height, screen)).toBe(top)
      expect(inElement(height - screen - top, height, screen)).toBe(tallestPx - screen - top)
      expect(inContent(tallestPx - screen - top, height, screen)).toBe(height - screen - top)
    }
  })

  test('is reached whole, in its order, there and back', () => {
    let before = -1
    for (let part = 0; part <= 1000; part++) {
      const top = ((height - screen) * part) / 1000
      const at = inElement(top, height, screen)
      expect(at).toBeGreaterThan(before)
      expect(at).toBeLessThanOrEqual(tallestPx - screen)
      expect(Math.abs(inContent(at, height, screen) - top)).toBeLessThan(0.01)
      before = at
    }
  })

  test('is worn where its element would end before it does', () => {
    const [end, less] = [tallestPx - screen, height - tallestPx]
    expect(isWorn(end, less, height, screen)).toBe(false)
    expect(isWorn(end, less - 1, height, screen)).toBe(true)
    expect(isWorn(0, 0, height, screen)).toBe(false)
    expect(isWorn(0, 1, height, screen)).toBe(true)
    expect(isWorn(5_000_000, less + 1, height, screen)).toBe(true)
    expect(isWorn(5_000_000, 100_000_000, height, screen)).toBe(false)
  })
})

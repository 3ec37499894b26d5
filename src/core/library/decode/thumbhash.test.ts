import { thumbHashToApproximateAspectRatio, thumbHashToAverageRGBA } from 'thumbhash'
import { expect, test } from 'vitest'
import { placeholderOf } from './thumbhash.ts'

/** A picture of one colour, as sharp gives it raw. */
const plain = (width: number, height: number, pixel: number[]) => ({
  data: Buffer.from(Array.from({ length: width * height }, () => pixel).flat()),
  info: { width, height, channels: pixel.length },
})
const bytesOf = (...pixels: Parameters<typeof placeholderOf>) =>
  Buffer.from(placeholderOf(...pixels), 'base64')

test('the placeholder has the mean colour of the picture, whatever its size', () => {
  for (const [width, height] of [
    [1, 1],
    [40, 30],
    [400, 300],
  ] as const) {
    const { r, g, b, a } = thumbHashToAverageRGBA(bytesOf(plain(width, height, [255, 0, 0])))
    expect([r, g, b, a].map((value) => Math.round(value * 10) / 10)).toEqual([1, 0, 0, 1])
  }
})

test('grey with one channel is the same as grey with three, with two as with four', () => {
  expect(placeholderOf(plain(20, 10, [90]))).toBe(placeholderOf(plain(20, 10, [90, 90, 90])))
  expect(placeholderOf(plain(20, 10, [90, 120]))).toBe(placeholderOf(plain(20, 10, [90, 90, 90, 120])))
})

test('the placeholder is as wide for its height as the picture, also for a strip of one row', () => {
  expect(thumbHashToApproximateAspectRatio(bytesOf(plain(300, 200, [1, 2, 3])))).toBeCloseTo(1.5, 0)
  expect(bytesOf(plain(500, 1, [1, 2, 3])).length).toBeGreaterThan(4)
})

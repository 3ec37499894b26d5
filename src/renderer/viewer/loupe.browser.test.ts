import { expect, test } from 'vitest'
import { Loupe } from './loupe.svelte.ts'
import { Zoom } from './zoom.svelte.ts'

/** A photo of 6000 by 4000 pixels on a stage of 1200 by 900 pixels of CSS, where it lies from 0, 50 to 1200, 850. */
const onStage = () => {
  const zoom = Object.assign(new Zoom(() => ({ width: 6000, height: 4000 })), { width: 1200, height: 900 })
  return { zoom, loupe: new Loupe(() => zoom) }
}

test('what is below the pointer is in the middle of the glass, pixel by pixel', () => {
  const { loupe } = onStage()
  loupe.toggle()
  loupe.point({ x: 300, y: 250 })
  const { left, top, width, height } = loupe.part
  expect([left + width / 2, top + height / 2]).toEqual([1500, 1000])
  expect(width).toBe(loupe.size * devicePixelRatio)
  expect(loupe.place).toEqual({ left: 300 - loupe.size / 2, top: 250 - loupe.size / 2 })
})

test('keys move the photo below the glass, as far as there is one, and the glass stays on the stage', () => {
  const { loupe } = onStage()
  loupe.toggle()
  loupe.pan(-80, 0)
  const { left, width } = loupe.part
  expect(left + width / 2).toBeCloseTo(3000 + 80 * devicePixelRatio)
  loupe.pan(Infinity, Infinity)
  expect([loupe.part.left, loupe.part.top]).toEqual([0, 0])
  expect(loupe.place).toEqual({ left: 0, top: 0 })
})

test('there is nothing to magnify where a photo is seen at full size, and the loupe comes back with what is smaller', () => {
  const { loupe, zoom } = onStage()
  loupe.toggle()
  zoom.toggle()
  expect([loupe.on, loupe.isOfUse, loupe.shown]).toEqual([true, false, false])
  zoom.reset()
  expect(loupe.shown).toBe(true)
})

test('a finger does not cover the glass, which goes with the finger', () => {
  const { loupe } = onStage()
  expect(loupe.hold({ x: 600, y: 800 })).toBe(true)
  expect(loupe.place.top + loupe.size).toBeLessThan(800)
  loupe.hold({ x: 600, y: 100 })
  expect(loupe.place.top).toBeGreaterThan(100)
  loupe.lift()
  expect(loupe.shown).toBe(false)
})

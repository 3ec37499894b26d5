import { expect, test } from 'vitest'
import { Place } from './place.svelte.ts'
import { Zoom } from './zoom.svelte.ts'

const photo = { width: 6000, height: 4000 }

/** A photo on a stage of 1200 by 900 pixels of CSS. */
const onStage = () => Object.assign(new Zoom(() => photo), { width: 1200, height: 900 })

test('a photo in fit has the pixels of its place, of which all is on the stage', () => {
  const zoom = onStage()
  expect(zoom.pixels).toBeCloseTo(1200 * devicePixelRatio)
  expect(zoom.pixelsInFit({ width: 4000, height: 6000 })).toBeCloseTo(900 * devicePixelRatio)
  expect(zoom.pixelsInFit({ width: 300, height: 200 })).toBe(300)
  expect(zoom.part).toEqual({ left: 0, top: 0, width: 6000, height: 4000 })
})

test('zoomed in, the part on the stage is as large as that, around the point', () => {
  const zoom = onStage()
  zoom.toggle({ x: 600, y: 450 })
  expect(zoom.pixels).toBe(6000)
  const { left, top, width, height } = zoom.part
  expect([width, height]).toEqual([1200 * devicePixelRatio, 900 * devicePixelRatio])
  expect([left + width / 2, top + height / 2]).toEqual([3000, 2000])
  zoom.pan(Infinity, Infinity)
  expect(zoom.part).toMatchObject({ left: 0, top: 0 })
})

test('the next photo lies as the one before did: at its scale, with the same part in the middle', () => {
  let shown = photo
  const zoom = Object.assign(new Zoom(() => shown), { width: 1200, height: 900 })
  zoom.toggle({ x: 600, y: 450 })
  zoom.pan(-1500, 600)
  const before = zoom.box
  shown = { ...photo }
  expect(zoom.box).toEqual(before)
  shown = { width: 4000, height: 6000 }
  const { left, width, top, height } = zoom.part
  expect([(left + width / 2) / 4000, (top + height / 2) / 6000]).toEqual([
    expect.closeTo(0.5 + 1500 / (6000 / devicePixelRatio)),
    expect.closeTo(0.5 - 600 / (4000 / devicePixelRatio)),
  ])
  shown = { width: 600, height: 400 }
  expect(zoom.part).toEqual({ left: 0, top: 0, width: 600, height: 400 })
  shown = photo
  expect(zoom.box).toEqual(before)
})

test('photos that share a place are zoomed and moved together', () => {
  const place = new Place()
  const stage = { width: 600, height: 500 }
  const [one, other] = [0, 1].map(() => Object.assign(new Zoom(() => photo, place), stage))
  one?.toggle()
  one?.pan(-100, 50)
  expect(one?.fits).toBe(false)
  expect(other?.box).toEqual(one?.box)
  other?.reset()
  expect(one?.fits).toBe(true)
})

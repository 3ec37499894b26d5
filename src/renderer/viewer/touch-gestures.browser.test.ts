import { afterEach, beforeEach, expect, test } from 'vitest'
import { TouchGestures } from './touch-gestures.svelte.ts'
import { Zoom } from './zoom.svelte.ts'

let area: HTMLElement
let zoom: Zoom
let done: string[]
let gestures: TouchGestures

beforeEach(() => {
  area = document.createElement('div')
  Object.assign(area.style, { position: 'fixed', inset: '0 auto auto 0', width: '400px', height: '800px' })
  document.body.append(area)
  zoom = new Zoom(() => ({ width: 6000, height: 4000 }))
  zoom.width = 400
  zoom.height = 800
  done = []
  const say = (what: string) => () => void done.push(what)
  gestures = new TouchGestures({
    zoom,
    loupe: { hold: (at) => done.push(`look at ${at.x}, ${at.y}`) > 0, lift: () => undefined },
    has: (by) => by === 1, // it is the first photo
    step: (by) => void done.push(`step ${by}`),
    close: say('close'),
    tell: say('tell'),
    tap: say('tap'),
  })
  area.addEventListener('pointerdown', (event) => {
    area.setPointerCapture = () => {} // these pointers are not the browser's own
    gestures.press(event)
  })
  area.addEventListener('pointermove', gestures.move)
  area.addEventListener('pointerup', gestures.lift)
})
afterEach(() => area.remove())

const tell = (type: string, x: number, y: number, pointerId = 1) =>
  area.dispatchEvent(
    new PointerEvent(type, { clientX: x, clientY: y, pointerId, pointerType: 'touch', bubbles: true }),
  )

/** A finger that rests at its end, which is no flick. */
const drag = (from: [number, number], to: [number, number]) => {
  tell('pointerdown', ...from)
  tell('pointermove', (from[0] + to[0]) / 2, (from[1] + to[1]) / 2)
  for (let n = 0; n < 6; n++) tell('pointermove', ...to)
}

test('a photo follows the finger, and leafs where it went far enough', async () => {
  drag([300, 400], [150, 405])
  expect(gestures.x).toBe(-150)
  tell('pointerup', 150, 405)
  await expect.poll(() => done).toEqual(['step 1'])
  expect(gestures.x).toBe(0)
})

test('a photo that is let go too soon goes back to its place', async () => {
  drag([300, 400], [260, 400])
  tell('pointerup', 260, 400)
  await expect.poll(() => gestures.settling).toBe(false)
  expect([gestures.x, done]).toEqual([0, []])
})

test('before the first photo there is none: it follows a part of the way, and stays', async () => {
  drag([50, 400], [350, 400])
  expect(gestures.x).toBe(100)
  tell('pointerup', 350, 400)
  await expect.poll(() => gestures.settling).toBe(false)
  expect(done).toEqual([])
})

test('down closes, up tells what is known', async () => {
  drag([200, 300], [205, 500])
  tell('pointerup', 205, 500)
  expect(done).toEqual(['close'])
  await expect.poll(() => gestures.settling).toBe(false)
  drag([200, 500], [205, 300])
  tell('pointerup', 205, 300)
  expect(done).toEqual(['close', 'tell'])
})

test('two fingers zoom around the place between them, and then one moves the photo', () => {
  const before = zoom.scale
  tell('pointerdown', 150, 400, 1)
  tell('pointerdown', 250, 400, 2)
  tell('pointermove', 100, 400, 1)
  tell('pointermove', 300, 400, 2)
  expect(zoom.scale / before).toBeCloseTo(2)
  expect(Math.abs(zoom.box.left + zoom.box.width / 2 - 200)).toBeLessThan(10)
  tell('pointerup', 300, 400, 2)
  const { left } = zoom.box
  tell('pointermove', 120, 400, 1)
  expect(zoom.box.left).toBeCloseTo(left + 20)
  tell('pointerup', 120, 400, 1)
  expect(done).toEqual([])
})

test('one tap hides and shows the bars, two zoom in and out', async () => {
  const tap = () => [tell('pointerdown', 100, 300), tell('pointerup', 100, 300)]
  tap()
  await expect.poll(() => done).toEqual(['tap'])
  tap()
  tap()
  expect(zoom.fits).toBe(false)
  tap()
  tap()
  expect(zoom.fits).toBe(true)
  expect(done).toEqual(['tap'])
})

test('a finger that rests looks through the loupe, goes about with it, and neither leafs nor taps', async () => {
  tell('pointerdown', 200, 400)
  await expect.poll(() => gestures.holds).toBe(true)
  tell('pointermove', 120, 300)
  expect([gestures.x, done]).toEqual([0, ['look at 200, 400', 'look at 120, 300']])
  tell('pointerup', 120, 300)
  expect(done.slice(2).filter((what) => !what.startsWith('look'))).toEqual([])
  expect(gestures.x).toBe(0)
})

import type { Page } from 'playwright-core'

type Place = readonly [x: number, y: number]

/** A finger on the screen, as the system tells the browser of it: Playwright itself only taps. */
export interface Finger {
  down: (at: Place) => Promise<void>
  move: (to: Place) => Promise<void>
  up: () => Promise<void>
  /** From one place to another in steps, and off. */
  swipe: (from: Place, to: Place) => Promise<void>
}

export const fingerOn = async (page: Page): Promise<Finger> => {
  const session = await page.context().newCDPSession(page)
  let last: Place = [0, 0]
  const send = async (
    type: 'touchStart' | 'touchMove' | 'touchEnd',
    touchPoints: { x: number; y: number }[],
  ) => {
    await session.send('Input.dispatchTouchEvent', { type, touchPoints })
  }
  const down = ([x, y]: Place) => {
    last = [x, y]
    return send('touchStart', [{ x, y }])
  }
  const move = async ([x, y]: Place) => {
    const [fromX, fromY] = last
    for (let n = 1; n <= 6; n++)
      await send('touchMove', [{ x: fromX + ((x - fromX) * n) / 6, y: fromY + ((y - fromY) * n) / 6 }])
    last = [x, y]
  }
  const up = () => send('touchEnd', [])
  const swipe = async (from: Place, to: Place) => {
    await down(from)
    await move(to)
    await up()
  }
  return { down, move, up, swipe }
}

/** The middle of an element. */
export const middleOf = async (element: ReturnType<Page['locator']>): Promise<Place> => {
  const box = await element.boundingBox()
  if (!box) throw new Error('not on the screen')
  return [box.x + box.width / 2, box.y + box.height / 2]
}

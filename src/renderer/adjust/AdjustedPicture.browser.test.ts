import { createRawSnippet } from 'svelte'
import { expect, test } from 'vitest'
import { render } from 'vitest-browser-svelte'
import { noAdjustment, type Adjustment } from '../../shared/domain/adjustments.ts'
import AdjustedPicture from './AdjustedPicture.svelte'
import { adjustedShape } from './adjusted.ts'

const blue = 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>'
const children = createRawSnippet(() => ({ render: () => `<img src='${blue}' alt="">` }))

/** A picture of 600 × 400 in a room at the upper left of the page. */
const show = async (
  adjustment: Partial<Adjustment>,
  room: { width: number; height: number },
  fit?: 'contain' | 'cover',
) => {
  const whole = { width: 600, height: 400, adjusted: null }
  const photo = adjustedShape(whole, { ...noAdjustment, ...adjustment })
  const { container } = await render(AdjustedPicture, { photo, children, ...(fit ? { fit } : {}) })
  Object.assign(document.body.style, { margin: '0' })
  Object.assign(container.style, {
    position: 'relative',
    width: `${room.width}px`,
    height: `${room.height}px`,
  })
  const boxOf = (selector: string) => {
    const { left, top, width, height } =
      container.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect()
    return [left, top, width, height].map(Math.round)
  }
  return { whole: () => boxOf('img'), seen: () => boxOf('.seen'), container }
}

test('a picture that is turned fills a box of its new shape', async () => {
  const { whole } = await show({ rotation: 90 }, { width: 200, height: 300 })
  expect(whole()).toEqual([0, 0, 200, 300])
})

test('of a crop the rest lies outside of the box, which shows none of it', async () => {
  const crop = { left: 0.5, top: 0.25, width: 0.25, height: 0.5 }
  const { whole, seen, container } = await show({ crop }, { width: 150, height: 200 })
  expect(whole()).toEqual([-300, -100, 600, 400])
  expect(seen()).toEqual([0, 0, 150, 200])
  expect(getComputedStyle(container.querySelector('.seen') as Element).overflow).toBe('hidden')
})

test('a straightened picture leaves no corner of its box empty', async () => {
  const { container, seen } = await show({ angle: 7 }, { width: 600, height: 400 })
  const [left = 0, top = 0, width = 0, height = 0] = seen()
  const whole = container.querySelector('.whole')
  const corners = [0.5, width - 0.5].flatMap((x) =>
    [0.5, height - 0.5].map((y) => ({ x: left + x, y: top + y })),
  )
  expect(corners.map(({ x, y }) => whole?.contains(document.elementFromPoint(x, y)))).toEqual(
    corners.map(() => true),
  )
})

test('a turned picture is contained in a square, or covers it', async () => {
  const contained = await show({ rotation: 270 }, { width: 300, height: 300 }, 'contain')
  expect(contained.seen()).toEqual([50, 0, 200, 300])
  contained.container.remove()
  const covering = await show({ rotation: 270 }, { width: 300, height: 300 }, 'cover')
  expect(covering.seen()).toEqual([0, -75, 300, 450])
})

test('light is doubled by one stop, and no filter is in the way of a picture whose light stays', async () => {
  const { container } = await show({ exposure: 1 }, { width: 600, height: 400 })
  const values = container.querySelector('feColorMatrix')?.getAttribute('values') ?? ''
  expect(values.split(' ').map(Number)).toEqual([2, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 1, 0])
  container.remove()
  const plain = await show({ rotation: 90 }, { width: 600, height: 400 })
  expect(plain.container.querySelector('filter')).toBeNull()
  expect((plain.container.querySelector('.seen') as HTMLElement).style.filter).toBe('')
})

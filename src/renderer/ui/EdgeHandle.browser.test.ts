import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import EdgeHandle from './EdgeHandle.svelte'

const show = async (side: 'start' | 'end') => {
  const asked: number[] = []
  const change = (width: number) => void asked.push(width)
  await render(EdgeHandle, { label: 'Width', value: 200, min: 180, max: 400, side, change })
  return { asked, edge: page.getByRole('separator', { name: 'Width' }) }
}

test.each([
  ['end', '{ArrowRight}', 216],
  ['end', '{ArrowLeft}', 184],
  ['start', '{ArrowLeft}', 216],
] as const)('an edge on the %s moves by %s', async (side, key, width) => {
  const { asked, edge } = await show(side)
  edge.element().focus()
  await userEvent.keyboard(key)
  expect(asked).toEqual([width])
})

test('an edge that is dragged makes its part as wide as the hand is far, within bounds', async () => {
  const { asked, edge } = await show('end')
  const element = edge.element()
  element.setPointerCapture = () => {} // this pointer is not the browser's own
  const tell = (type: string, clientX: number) =>
    element.dispatchEvent(new PointerEvent(type, { clientX, pointerId: 1, bubbles: true, cancelable: true }))
  tell('pointerdown', 200)
  tell('pointermove', 250)
  tell('pointermove', 900)
  tell('pointermove', 10)
  expect(asked).toEqual([250, 400, 180])
})

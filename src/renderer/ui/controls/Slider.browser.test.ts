import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import Slider from './Slider.svelte'

test('the arrows move the knob by a step, and its middle is the middle of what it stands in', async () => {
  const change = vi.fn<(value: number) => void>()
  const screen = await render(Slider, { label: 'Size', min: 96, max: 320, step: 8, value: 176, change })
  const knob = screen.getByRole('slider', { name: 'Size' })
  await knob.click({ position: { x: 0, y: 10 } })
  expect(change).toHaveBeenLastCalledWith(96)
  await userEvent.keyboard('{ArrowRight}')
  expect(change).toHaveBeenLastCalledWith(104)
  const [box, around] = [knob.element(), screen.container].map((one) => one.getBoundingClientRect())
  expect(box?.height).toBe(around?.height)
})

import { expect, onTestFinished, test, vi } from 'vitest'
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

test('a slider whose name stands beside it has no tooltip over what is below', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const rest = { min: 0, max: 1, step: 0.1, value: 0, change: vi.fn() }
  const screen = await render(Slider, { label: 'Exposure', ...rest, named: true })
  const other = await render(Slider, { label: 'Size', ...rest })
  const point = (name: string, where: typeof screen) =>
    where.getByRole('slider', { name }).element().dispatchEvent(new PointerEvent('pointerenter'))
  point('Exposure', screen)
  point('Size', other)
  vi.advanceTimersByTime(1000)
  expect([...document.querySelectorAll('[role=tooltip]')].map(({ textContent }) => textContent)).toEqual([
    'Size',
  ])
})

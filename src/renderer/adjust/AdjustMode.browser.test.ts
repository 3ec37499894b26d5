import { userEvent } from 'vitest/browser'
import { expect, test, vi } from 'vitest'
import { render } from 'vitest-browser-svelte'
import {
  formatAdjustment,
  noAdjustment,
  parseAdjustment,
  type Adjustment,
} from '../../shared/domain/adjustments.ts'
import type { PhotoSummary } from '../../shared/schemas/photo.ts'
import AdjustMode from './AdjustMode.svelte'
import { adjustedShape } from './adjusted.ts'

/** A photo of 6000 × 4000 that is being adjusted; what is kept of it, as text. */
const open = async (by = '') => {
  const whole = {
    id: 'Photo00001',
    album: 'owner~Abcd1234',
    title: 'Harbour',
    thumb: null,
    width: 6000,
    height: 4000,
    adjusted: null,
  }
  const shape = adjustedShape(whole, parseAdjustment(by) ?? noAdjustment)
  const photo = { ...whole, ...shape } as unknown as PhotoSummary
  const keep = vi.fn<(adjustment: Adjustment) => void>()
  const onclose = vi.fn()
  const screen = await render(AdjustMode, { photo, sharp: undefined, keep, onclose })
  const crop = () => screen.getByRole('group', { name: /What is kept/ })
  await expect.element(crop()).toHaveFocus()
  return {
    screen,
    crop,
    onclose,
    kept: () => keep.mock.calls.map(([adjustment]) => formatAdjustment(adjustment)),
  }
}

type Opened = Awaited<ReturnType<typeof open>>

const told = ({ crop }: Opened) => crop().element().getAttribute('aria-label')

/** A pointer presses something in its middle, goes so far and lets go. */
const pull = (element: Element, dx: number, dy: number) => {
  const { left, top, width, height } = element.getBoundingClientRect()
  const [x, y] = [left + width / 2, top + height / 2]
  // The browser captures no pointer that is not there.
  Object.assign(element, { setPointerCapture: () => undefined, hasPointerCapture: () => true })
  const tell = (type: string, by: number) =>
    element.dispatchEvent(
      new PointerEvent(type, { bubbles: true, pointerId: 7, clientX: x + by * dx, clientY: y + by * dy }),
    )
  tell('pointerdown', 0)
  tell('pointermove', 0.5)
  tell('pointermove', 1)
  tell('pointerup', 1)
}

test('arrows move what is kept and change it at its corners, and Enter keeps it', async () => {
  const opened = await open()
  opened.screen.getByRole('button', { name: 'Lower right corner' }).element().focus()
  await userEvent.keyboard('{Shift>}{ArrowLeft}{ArrowUp}{ArrowUp}{/Shift}')
  await expect.poll(() => told(opened)).toMatch(/5,400 × 3,200/)
  opened.crop().element().focus()
  await userEvent.keyboard('{ArrowRight}{ArrowDown}{Enter}')
  expect(opened.kept()).toEqual(['c100.100.9000.8000'])
  expect(opened.onclose).toHaveBeenCalledOnce()
})

test('a corner is pulled by a pointer, in parts of the picture as it is shown', async () => {
  const opened = await open()
  const { width, height } = opened.crop().element().getBoundingClientRect()
  pull(opened.screen.getByRole('button', { name: 'Upper left corner' }).element(), width / 4, height / 2)
  await opened.screen.getByRole('button', { name: 'Done' }).click()
  expect(opened.kept()).toEqual(['c2500.5000.7500.5000'])
})

test('what is kept moves with the pointer, as far as there is a picture', async () => {
  const opened = await open('c0.0.5000.5000')
  const { width, height } = opened.crop().element().getBoundingClientRect()
  pull(opened.crop().element(), width / 2, 10 * height)
  await userEvent.keyboard('{Enter}')
  expect(opened.kept()).toEqual(['c2500.5000.5000.5000'])
})

test('a shape is held while the picture is turned and a corner is pulled', async () => {
  const opened = await open()
  await opened.screen.getByLabelText('Shape').selectOptions('16:9')
  await expect.poll(() => told(opened)).toMatch(/6,000 × 3,375/)
  await opened.screen.getByRole('button', { name: 'Turn right' }).click()
  await expect.poll(() => told(opened)).toMatch(/3,375 × 6,000/)
  opened.screen.getByRole('button', { name: 'Upper left corner' }).element().focus()
  await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowRight}{/Shift}')
  await expect
    .poll(() => {
      const [width = 0, height = 1] =
        /([\d,]+) × ([\d,]+)/
          .exec(told(opened) ?? '')
          ?.slice(1)
          .map((n) => Number(n.replace(',', ''))) ?? []
      return (16 * width) / (9 * height)
    })
    .toBeCloseTo(1, 2)
})

test('a straightened picture keeps its largest part, and its light is changed by sliders', async () => {
  const opened = await open()
  await opened.screen.getByRole('slider', { name: 'Straighten' }).fill('2.5')
  await opened.screen.getByRole('slider', { name: 'Exposure' }).fill('-0.75')
  await opened.screen.getByRole('checkbox', { name: 'Black and white' }).click()
  await opened.screen.getByRole('button', { name: 'Done' }).click()
  expect(opened.kept()).toEqual(['a25_e-75_m'])
})

test('what was adjusted is there again, and can be taken away', async () => {
  const opened = await open('r90_e100')
  await expect.element(opened.screen.getByText('4,000 × 6,000')).toBeVisible()
  await opened.screen.getByRole('button', { name: 'Reset' }).click()
  await expect.element(opened.screen.getByText('6,000 × 4,000')).toBeVisible()
  await opened.screen.getByRole('button', { name: 'Done' }).click()
  expect(opened.kept()).toEqual([''])
})

test('Escape gives up, and what stayed as it was is not recorded', async () => {
  const opened = await open('r90')
  await userEvent.keyboard('r{Escape}')
  expect(opened.onclose).toHaveBeenCalledOnce()
  await opened.screen.getByRole('button', { name: 'Turn left' }).click()
  await opened.screen.getByRole('button', { name: 'Done' }).click()
  expect(opened.kept()).toEqual([])
})

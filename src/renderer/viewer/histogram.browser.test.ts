import { expect, test } from 'vitest'
import { render } from 'vitest-browser-svelte'
import { noAdjustment } from '../../shared/domain/adjustments.ts'
import type { PhotoSummary } from '../../shared/schemas/photo.ts'
import { histogramOf, histogramOfImage, outlineOf } from './histogram.ts'
import HistogramBox from './Histogram.svelte'

/** A picture in stripes of two colours, by turns; without a width they are its halves. */
const picture = async (left: string, right: string, stripe = 500) => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 1000, height: 600 })
  const paper = canvas.getContext('2d')
  if (!paper) throw new Error('There is no canvas.')
  for (let x = 0; x < 1000; x += stripe) {
    paper.fillStyle = (x / stripe) % 2 === 0 ? left : right
    paper.fillRect(x, 0, stripe, 600)
  }
  const image = Object.assign(new Image(), { src: canvas.toDataURL('image/png') })
  await image.decode()
  return image
}

test('each pixel counts once in each colour and in lightness, and what is at an end is lost', () => {
  const pixels = [255, 128, 64, 255, 0, 10, 20, 255, 100, 100, 100, 255, 100, 100, 100, 255]
  const { red, green, blue, light, shadows, highlights } = histogramOf(new Uint8ClampedArray(pixels))
  expect([red[255], red[0], red[100], green[128], blue[64], light[100]]).toEqual([1, 1, 2, 1, 1, 2])
  expect([shadows, highlights]).toEqual([0.25, 0.25])
  for (const bins of [red, green, blue, light]) expect(bins.reduce((a, b) => a + b)).toBe(4)
})

test('a picture that is made smaller has no values that were not in it', async () => {
  const { light, shadows, highlights } = histogramOfImage(await picture('black', 'rgb(200, 200, 200)', 1))
  const filled = [...light.keys()].filter((value) => (light[value] ?? 0) > 0)
  expect(filled).toEqual([0, 200])
  expect(shadows).toBeCloseTo(0.5, 1)
  expect(highlights).toBe(0)
})

test('of a picture that is adjusted only what is shown counts, as light as that is', async () => {
  const image = await picture('black', 'rgb(120, 120, 120)')
  const crop = { left: 0, top: 0.6, width: 1, height: 0.4 }
  // Turned right, the lighter half is the lower one.
  const { light } = histogramOfImage(image, { ...noAdjustment, rotation: 90, crop, exposure: 1 })
  expect([...light.keys()].filter((value) => (light[value] ?? 0) > 0)).toEqual([165])
})

test('the outline is as high as its box at most', () => {
  const bins = new Uint32Array(256)
  bins.set([8, 4], 10)
  expect(outlineOf(bins, 4)).toMatch(/^M0 100L0 100\.0.*L10 0\.0L11 0\.0L12 100\.0.*Z$/)
})

test('what is lost is told in words, for both ends', async () => {
  const screen = await render(HistogramBox, {
    image: await picture('rgb(40, 50, 60)', 'white'),
    photo: { width: 1000, height: 600, adjusted: null } as PhotoSummary,
  })
  await expect.element(screen.getByText(/Highlights.*50/)).toHaveClass('lost')
  await expect.element(screen.getByText(/Shadows.*0/)).not.toHaveClass('lost')
})

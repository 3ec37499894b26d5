import { expect, test } from 'vitest'
import { previewFor, previewsOf, sizeOfPreview } from './preview-sizes.ts'

test('a preview is as long as its size, upright too, and never larger than its photo', () => {
  expect(sizeOfPreview({ width: 6000, height: 4000 }, 640)).toEqual({ width: 640, height: 427 })
  expect(sizeOfPreview({ width: 4000, height: 6000 }, 2560)).toEqual({ width: 1707, height: 2560 })
  expect(sizeOfPreview({ width: 900, height: 600 }, 1280)).toEqual({ width: 900, height: 600 })
  expect(sizeOfPreview({ width: 20_000, height: 10 }, 640)).toEqual({ width: 640, height: 1 })
})

test('a small photo has no two previews that are the same', () => {
  const of = (longest: number) => previewsOf({ width: longest / 2, height: longest })
  expect([of(400), of(640), of(700), of(1280), of(2000), of(9000)]).toEqual([
    [640],
    [640],
    [640, 1280],
    [640, 1280],
    [640, 1280, 2560],
    [640, 1280, 2560],
  ])
})

test('the smallest preview with pixels enough is taken, or the largest', () => {
  expect([0, 640, 641, 2560, 9000].map(previewFor)).toEqual([640, 640, 1280, 2560, 2560])
})

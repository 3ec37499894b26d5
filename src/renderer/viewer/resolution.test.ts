import { expect, test } from 'vitest'
import { neededFor } from './resolution.ts'

test.each<[what: string, longest: number, pixels: number, preview: number, original: boolean]>([
  ['on a small screen', 6000, 1200, 1280, false],
  ['on a sharp one', 6000, 2352, 2560, false],
  ['hardly stretched', 6000, 1400, 1280, false],
  ['zoomed into as far as a preview goes', 6000, 2800, 2560, false],
  ['zoomed into further', 6000, 2900, 2560, true],
  ['at 100 %', 6000, 6000, 2560, true],
  ['smaller than the stage', 900, 900, 1280, true],
  ['about as large as a preview, in fit', 2600, 2400, 2560, false],
])(
  'a photo %s needs a preview, and its original only where that has more',
  (_, longest, pixels, preview, original) => {
    expect(neededFor({ width: longest, height: longest / 1.5, adjusted: null }, pixels)).toEqual({
      preview,
      original,
    })
    expect(neededFor({ width: longest / 2, height: longest, adjusted: null }, pixels)).toEqual({
      preview,
      original,
    })
  },
)

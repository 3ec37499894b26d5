import { expect, test } from 'vitest'
import { fileBeside } from './takeout.ts'

const long = 'PXL_20221219_114459254.TS_exported_13241_167156.jpg'

test.each([
  ['IMG_1.jpg.json', ['IMG_1.jpg'], 'IMG_1.jpg'],
  ['IMG_1.jpg.supplemental-metadata.json', ['IMG_1.jpg'], 'IMG_1.jpg'],
  [
    'PXL_20221219_115426964.jpg.supplemental-metada.json',
    ['PXL_20221219_115426964.jpg'],
    'PXL_20221219_115426964.jpg',
  ],
  ['IMG_1.jpg.s.json', ['IMG_1.jpg', 'IMG_1(1).jpg'], 'IMG_1.jpg'],
  ['IMG_1.jpg(1).json', ['IMG_1.jpg', 'IMG_1(1).jpg'], 'IMG_1(1).jpg'],
  ['IMG_1.jpg.supplemental-metadata(2).json', ['IMG_1.jpg', 'IMG_1(2).jpg'], 'IMG_1(2).jpg'],
  ['PXL_20221219_114459254.TS_exported_13241_16715.json', [long, 'other.jpg'], long],
  ['IMG_2.json', ['IMG_2.jpg', 'IMG_2.mp4'], null],
  ['metadata.json', ['IMG_1.jpg'], null],
  ['IMG_1.jpg(3).json', ['IMG_1.jpg'], null],
])('what lies beside a file of a Takeout is of that file: %s', (json, names, file) => {
  expect(fileBeside(json, [...names, json])).toBe(file)
})

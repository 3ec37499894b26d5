import { expect, test } from 'vitest'
import { nameAs } from './export-formats.ts'

test.each([
  ['IMG_1.CR2', 'jpeg', 'IMG_1.jpg'],
  ['a.b.heic', 'tiff', 'a.b.tif'],
  ['no ending', 'png', 'no ending.png'],
  ['.hidden', 'webp', '.hidden.webp'],
] as const)('%s as %s is called %s', (name, format, wanted) => {
  expect(nameAs(name, format)).toBe(wanted)
})

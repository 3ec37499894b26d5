import { expect, test } from 'vitest'
import { columnsFor } from './compare-columns.ts'

const wide = { width: 6000, height: 4000 }
const high = { width: 4000, height: 6000 }
const landscape = { width: 1400, height: 800 }
const portrait = { width: 800, height: 1400 }

test.each([
  ['two wide ones in a wide window', 2, wide, landscape, 2],
  ['two wide ones in a high window', 2, wide, portrait, 1],
  ['three high ones in a wide window', 3, high, landscape, 3],
  ['four wide ones', 4, wide, landscape, 2],
  ['five high ones', 5, high, landscape, 5],
  ['six wide ones', 6, wide, landscape, 3],
  ['eight wide ones', 8, wide, landscape, 3],
  ['eight high ones', 8, high, landscape, 4],
  ['eight wide ones in a high window', 8, wide, portrait, 2],
])('photos stand as large as they can: %s', (_, count, photo, room, columns) => {
  expect(columnsFor(Array<typeof photo>(count).fill(photo), room)).toBe(columns)
})

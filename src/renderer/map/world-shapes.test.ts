import { expect, test } from 'vitest'
import { unrolled } from './world-shapes.ts'

const parts = (line: [number, number][]) => unrolled(line).map(({ x }) => Math.round(x * 360) - 180)

test('a line that crosses 180° goes on beyond the edge of the world, and comes back', () => {
  const chukotka: [number, number][] = [
    [178, 66],
    [-179, 67],
    [-170, 66],
    [179, 65],
  ]
  expect(parts(chukotka)).toEqual([178, 181, 190, 179])
  expect(
    parts([
      [-178, -17],
      [179, -17],
      [178, -18],
    ]),
  ).toEqual([-178, -181, -182])
})

test('a line round a pole ends one world further', () => {
  const round = Array.from({ length: 13 }, (_, n): [number, number] => [((n * 30) % 360) - 180, -70])
  expect(parts(round)).toEqual(Array.from({ length: 13 }, (_, n) => n * 30 - 180))
})

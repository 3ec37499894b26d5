import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  acrossRows,
  fitInto,
  indexNear,
  indexBefore,
  indexesIn,
  pictureRoom,
  visibleRows,
  type GridLayout,
  type Wall,
} from './grid-layout.ts'
import { layOut } from './lay-out.ts'

/** Photos of which every third stands upright; those of odd blocks are not loaded. */
const aspectsOf =
  (total: number) =>
  (block: number): number[] | undefined =>
    block % 2 === 0
      ? Array.from({ length: Math.min(200, total - 200 * block) }, (_, n) => (n % 3 === 0 ? 0.67 : 1.5))
      : undefined

const made = (
  wall: Wall,
  more: { total?: number; sections?: number[]; size?: number; width?: number } = {},
) =>
  layOut({
    wall,
    total: 1000,
    sections: [],
    size: 176,
    width: 1208,
    height: 800,
    aspects: aspectsOf(more.total ?? 1000),
    ...more,
  })

const widthOf = ({ left, right }: { left: number; right: number }) => right - left

test('pictures use all of the width, whatever size was asked for', () => {
  for (const size of [96, 176, 320])
    for (const width of [360, 790, 1208, 2560]) {
      const layout = made('cells', { size, width })
      const last = layout.cell(layout.columns - 1)
      const rest = width - last.right - layout.look.margin
      expect(rest).toBeGreaterThanOrEqual(0)
      expect(rest).toBeLessThan(layout.columns)
    }
})

test('on a phone there are three squares in a row, from edge to edge', () => {
  for (const width of [360, 390, 430]) {
    const layout = made('squares', { width })
    expect(layout.columns).toBe(3)
    expect(layout.cell(0).left).toBeLessThanOrEqual(1)
    expect(width - layout.cell(2).right).toBeLessThanOrEqual(2)
    expect(layout.rowHeight(0)).toBe(widthOf(layout.cell(0)))
  }
})

test('a picture in a cell is never larger than a thumbnail, and a view always has a column', () => {
  const layout = made('cells', { size: 320, width: 700 })
  expect(pictureRoom(layout.look, layout.cell(0)).height).toBeLessThanOrEqual(320)
  expect(made('cells', { size: 320, width: 100 }).columns).toBe(1)
  expect(made('cells', { size: 320, width: 0 }).columns).toBe(1)
  expect(made('cells', { total: 0 }).height).toBe(0)
})

test('one a row is as large as the window shows whole', () => {
  const layout = made('single')
  expect(layout.columns).toBe(1)
  expect(layout.rowHeight(0)).toBeLessThanOrEqual(800)
})

test('rows of whole pictures fill the width, and are about as high as was asked for', () => {
  const layout = made('rows')
  for (let row = 0; row < layout.rowOf(200); row++) {
    const [first, last] = [layout.firstOf(row), layout.firstOf(row) + layout.countOf(row) - 1]
    expect(layout.cell(first).left).toBe(12)
    expect(Math.abs(layout.cell(last).right - 1196), `row ${row}`).toBeLessThanOrEqual(6)
    expect(layout.rowHeight(row)).toBeGreaterThan(176 / 1.4)
    expect(layout.rowHeight(row)).toBeLessThan(176 * 1.4)
    const cell = layout.cell(first)
    expect(Math.abs(widthOf(cell) / layout.rowHeight(row) - (aspectsOf(1000)(0)?.[first] ?? 0))).toBeLessThan(
      0.02,
    )
  }
})

test('photos that are loaded later move none before them', () => {
  const before = made('rows', { total: 600 })
  const layout = layOut({
    wall: 'rows',
    total: 600,
    sections: [],
    size: 176,
    width: 1208,
    height: 800,
    aspects: (block) => (block === 1 ? Array.from({ length: 200 }, () => 0.7) : aspectsOf(600)(block)),
  })
  expect(layout.cell(199)).toEqual(before.cell(199))
  expect(layout.height).not.toBe(before.height)
})

test('a few pictures alone are not blown up to the whole width', () => {
  const layout = made('rows', { total: 1 })
  expect(layout.rowHeight(0)).toBeLessThanOrEqual(176 * 1.5)
})

test('down and up lead to what is nearest below and above, and no further than there are rows', () => {
  for (const wall of ['cells', 'squares', 'rows', 'single'] as const) {
    const layout = made(wall)
    const below = acrossRows(layout, 0, 1)
    expect(layout.rowOf(below)).toBe(1)
    expect(layout.rowOf(acrossRows(layout, below, -1))).toBe(0)
    expect(acrossRows(layout, 0, -1)).toBe(0)
    expect(acrossRows(layout, 999, 5)).toBe(999)
    expect(layout.rowOf(acrossRows(layout, 0, 1000))).toBe(layout.rows - 1)
  }
})

test('what is dropped lies before the cell whose near half it was dropped on', () => {
  const layout = made('cells')
  const { left, right, top } = layout.cell(3)
  expect(indexBefore(layout, left + 2, top + 2)).toBe(3)
  expect(indexBefore(layout, right - 2, top + 2)).toBe(4)
  expect(indexBefore(layout, 5000, 1e9)).toBe(1000)
})

test('a picture is contained in its room and not blown up', () => {
  const square = { width: 176, height: 176 }
  expect(fitInto(square, 6000, 4000)).toEqual({ width: 176, height: 117 })
  expect(fitInto(square, 40, 20)).toEqual({ width: 40, height: 20 })
  expect(fitInto(square, 10_000, 1)).toEqual({ width: 176, height: 1 })
  expect(fitInto({ width: 900, height: 300 }, 6000, 4000)).toEqual({ width: 450, height: 300 })
})

const layouts = fc
  .record({
    wall: fc.constantFrom<Wall>('cells', 'squares', 'rows', 'single'),
    total: fc.nat({ max: 20_000 }),
    sections: fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 40 }),
    size: fc.integer({ min: 96, max: 320 }),
    width: fc.integer({ min: 0, max: 4000 }),
  })
  .map(({ wall, ...more }) => made(wall, more))

const some = (layout: GridLayout, n: number) => n % layout.total

test('each cell that a part of the grid shows lies in the rows that are drawn', () => {
  fc.assert(
    fc.property(
      layouts,
      fc.nat({ max: 2_000_000 }),
      fc.integer({ min: 1, max: 3000 }),
      (layout, top, height) => {
        const { first, last } = visibleRows(layout, top, height)
        for (const row of [first - 1, last + 1]) {
          if (row < 0 || row >= layout.rows) continue
          const shown = layout.rowTop(row) < top + height && layout.rowTop(row) + layout.rowHeight(row) > top
          expect(shown).toBe(false)
        }
      },
    ),
  )
})

test('rows have all indexes in their order, each once', () => {
  fc.assert(
    fc.property(layouts, (layout) => {
      let next = 0
      for (let row = 0; row < layout.rows; row++) {
        expect(layout.firstOf(row)).toBe(next)
        next += layout.countOf(row)
      }
      expect(next).toBe(layout.total)
    }),
  )
})

test('a rectangle within a cell touches that cell alone, and a place in it is that of its index', () => {
  fc.assert(
    fc.property(layouts, fc.nat(), (layout, n) => {
      fc.pre(layout.total > 0)
      const index = some(layout, n)
      const { left, top, right, bottom } = layout.cell(index)
      expect(layout.rowOf(index)).toBe(layout.rowAt(top))
      const inner = { left: left + 0.5, top: top + 0.5, right: right - 0.5, bottom: bottom - 0.5 }
      expect(indexesIn(layout, inner)).toEqual([index])
      expect(indexNear(layout, (left + right) / 2, (top + bottom) / 2)).toBe(index)
    }),
  )
})

test('a rectangle over everything touches every photo, and one between two cells none', () => {
  const layout = made('cells', { total: 8 })
  expect(indexesIn(layout, { left: 0, top: 0, right: 5000, bottom: 5000 })).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  const { right } = layout.cell(0)
  expect(indexesIn(layout, { left: right + 1, top: 0, right: right + 3, bottom: 50 })).toEqual([])
})

test('each section begins with a row of its own below its heading, and the last one has what was not counted', () => {
  for (const wall of ['cells', 'squares', 'rows', 'single'] as const) {
    const layout = made(wall, { total: 30, sections: [7, 1, 13] })
    expect(layout.sections).toHaveLength(3)
    for (const [n, first] of [0, 7, 8].entries()) {
      expect(layout.firstOf(layout.rowOf(first))).toBe(first)
      const room = layout.sections[n]
      expect(layout.cell(first).top).toBe((room?.top ?? 0) + layout.look.heading)
      const last = ([7, 8, 30][n] ?? 0) - 1
      expect(layout.cell(last).bottom).toBe(room?.bottom)
    }
  }
})

test('sections of more photos than there are stand with those that are there', () => {
  expect(made('cells', { total: 5, sections: [3, 4, 2] }).sections).toHaveLength(2)
  expect(made('cells', { total: 0, sections: [3] }).height).toBe(0)
})

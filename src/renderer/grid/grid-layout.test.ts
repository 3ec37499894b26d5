import fc from 'fast-check'
import { expect, test } from 'vitest'
import { columnLeft, fitInto, layOut, indexesIn, rowTop, visibleRows } from './grid-layout.ts'

test('pictures use all of the width, whatever size was asked for', () => {
  for (const size of [96, 176, 320])
    for (const width of [360, 790, 1208, 2560]) {
      const { columns, cellWidth, left } = layOut(1000, size, width)
      const rest = width - 2 * left - columns * (cellWidth + 4) + 4
      expect(rest).toBeGreaterThanOrEqual(0)
      expect(rest).toBeLessThan(columns)
    }
})

test('a picture is never larger than a thumbnail, and a view always has a column', () => {
  expect(layOut(10, 320, 700).picture).toBeLessThanOrEqual(320)
  expect(layOut(10, 320, 100).columns).toBe(1)
  expect(layOut(10, 320, 0).columns).toBe(1)
  expect(layOut(0, 176, 1000).height).toBe(0)
})

test('the rows in sight are those whose cells the window touches', () => {
  const layout = layOut(100_000, 176, 1208)
  const top = rowTop(layout, 700) + 10
  const { first, last } = visibleRows(layout, top, 900, 0)
  expect(first).toBe(700)
  expect(rowTop(layout, last)).toBeGreaterThanOrEqual(top + 900 - layout.cellHeight - 4)
  expect(visibleRows(layout, layout.height, 900).last).toBe(layout.rows - 1)
})

test('a rectangle touches the cells that it overlaps and no photo that is not there', () => {
  const layout = layOut(8, 176, 1208)
  const all = { left: 0, top: 0, right: 5000, bottom: 5000 }
  expect(indexesIn(layout, all, 8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  const gap = {
    left: layout.left + layout.cellWidth + 1,
    top: 0,
    right: layout.left + layout.cellWidth + 3,
    bottom: 50,
  }
  expect(indexesIn(layout, gap, 8)).toEqual([])
})

test('a picture is contained in its square and not blown up', () => {
  expect(fitInto(176, 6000, 4000)).toEqual({ width: 176, height: 117 })
  expect(fitInto(176, 40, 20)).toEqual({ width: 40, height: 20 })
  expect(fitInto(176, 10_000, 1)).toEqual({ width: 176, height: 1 })
})

const layouts = fc.record({
  total: fc.nat({ max: 200_000 }),
  size: fc.integer({ min: 96, max: 320 }),
  width: fc.integer({ min: 0, max: 4000 }),
})

test('each cell that a part of the grid shows lies in the rows that are drawn', () => {
  fc.assert(
    fc.property(
      layouts,
      fc.nat({ max: 2_000_000 }),
      fc.integer({ min: 1, max: 3000 }),
      (grid, top, height) => {
        const layout = layOut(grid.total, grid.size, grid.width)
        const { first, last } = visibleRows(layout, top, height)
        for (const row of [first - 1, last + 1]) {
          if (row < 0 || row >= layout.rows) continue
          const shown = rowTop(layout, row) < top + height && rowTop(layout, row) + layout.cellHeight > top
          expect(shown).toBe(false)
        }
      },
    ),
  )
})

test('a rectangle within a cell touches that cell alone', () => {
  fc.assert(
    fc.property(layouts, fc.nat(), (grid, pick) => {
      fc.pre(grid.total > 0)
      const layout = layOut(grid.total, grid.size, grid.width)
      const index = pick % grid.total
      const [left, top] = [
        columnLeft(layout, index % layout.columns) + 1,
        rowTop(layout, Math.floor(index / layout.columns)) + 1,
      ]
      expect(indexesIn(layout, { left, top, right: left + 1, bottom: top + 1 }, grid.total)).toEqual([index])
    }),
  )
})

import { expect, test } from 'vitest'
import { joinSparse } from './joined-sections.ts'

const of = (...sections: [date: string, photos: number][]) =>
  sections.map(([date, photos]) => ({ date, photos }))

test('neighbours that fit into a row stand below one heading, whichever way the view runs', () => {
  const months = of(['2011-06', 1], ['2011-04', 2], ['2011-03', 1], ['2010-11', 200], ['2010-02', 1])
  expect(joinSparse(months, 7)).toEqual([
    { date: '2011-03', until: '2011-06', photos: 4 },
    ...of(['2010-11', 200], ['2010-02', 1]),
  ])
  expect(joinSparse(months.toReversed(), 7).at(-1)).toEqual({ date: '2011-03', until: '2011-06', photos: 4 })
})

test('more than a row of them begin another heading, and a row of one photo joins none', () => {
  const months = of(['2011-01', 3], ['2011-02', 3], ['2011-03', 3], ['2011-04', 1])
  expect(joinSparse(months, 6).map(({ photos }) => photos)).toEqual([6, 4])
  expect(joinSparse(months, 1)).toEqual(months)
})

test('what is joined is as exact as the least exact of it', () => {
  expect(joinSparse(of(['2011', 1], ['2011-01', 1], ['2011-02', 1]), 9)).toEqual([
    { date: '2011', until: '2011', photos: 3 },
  ])
  expect(joinSparse(of(['1950', 1], ['1951-06', 1], ['1957', 1]), 9)).toEqual([
    { date: '1950', until: '1957', photos: 3 },
  ])
})

test('photos without a date, and those that are still asked for, are joined with none', () => {
  const sections = [{ date: '', photos: 1 }, { date: null, photos: 1 }, ...of(['2011-01', 1])]
  expect(joinSparse(sections, 9)).toEqual(sections)
})

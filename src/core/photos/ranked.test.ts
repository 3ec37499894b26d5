import { expect, test } from 'vitest'
import { byRank, inKeyOrder, sorted } from './ranked.ts'

const ranked = (...ranks: (number | string)[]) =>
  ranks.map((rank, n) => ({ id: `p${n}`, album: 'a', rank, name: '', path: '' }))
const idsOf = (locations: { id: string }[]) => locations.map(({ id }) => id)

test('numbers are ordered as numbers, either way', () => {
  expect(idsOf(byRank(ranked(10, 9, -1, 11), false))).toEqual(['p2', 'p1', 'p0', 'p3'])
  expect(idsOf(byRank(ranked(10, 9, -1, 11), true))).toEqual(['p3', 'p0', 'p1', 'p2'])
})

test('names are ordered as people read them: numbers in them by value, without regard to case', () => {
  expect(idsOf(sorted(ranked('IMG 10', 'img 9', 'Été'), false))).toEqual(['p2', 'p1', 'p0'])
})

test('among equals the name of the file decides as people read it, then the path, then the id, in a descending order too', () => {
  const files = ['IMG_10.jpg b', 'IMG_2.jpg c', 'IMG_10.jpg a', 'img_1.jpg a', 'IMG_10.jpg a']
  const tied = () =>
    files.map((file, n) => {
      const [name = '', path = ''] = file.split(' ')
      return { id: `p${9 - n}`, album: 'a', rank: 7, name, path }
    })
  const ascending = ['p6', 'p8', 'p5', 'p7', 'p9']
  expect(idsOf(sorted(tied(), false))).toEqual(ascending)
  expect(idsOf(sorted(tied(), true))).toEqual(ascending)
})

test('keys of the manual order are compared letter by letter', () => {
  expect(idsOf(inKeyOrder(ranked('a10', 'a9', 'Zz', 'a10')))).toEqual(['p2', 'p0', 'p3', 'p1'])
})

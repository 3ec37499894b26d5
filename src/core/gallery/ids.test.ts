import { expect, test } from 'vitest'
import { idPrefixOf, isIdPrefix, newAlbumFamily, newIdPrefix, newPhotoId, ownIdPrefixOf } from './ids.ts'

test('ids are letters and digits, and no two are alike', () => {
  const ids = Array.from({ length: 2000 }, newPhotoId)
  expect(new Set(ids).size).toBe(2000)
  for (const id of ids) expect(id).toMatch(/^[0-9A-Za-z]{10}$/)
})

test('the albums of an account that may make some begin with its id prefix, and no others do', () => {
  const stem = newIdPrefix('ana')
  expect(isIdPrefix(stem)).toBe(true)
  const [family, order] = newAlbumFamily()
  expect(ownIdPrefixOf(stem + family + order.slice(0, 2))).toBe(stem)
  expect(ownIdPrefixOf(idPrefixOf('ana') + family + order.slice(0, 2))).toBe(null)
  for (const text of ['', 'ana', 'ana~', 'ana~Abc', 'ana~Abcd*', '*~Abcd', 'ana~Abcd\n'])
    expect(isIdPrefix(text)).toBe(false)
})

test('the last letters of a family have an order of chance, in which each comes once', () => {
  const [[, order], [, next]] = [newAlbumFamily(), newAlbumFamily()]
  expect(order).toMatch(/^[0-9A-Za-z]{60}$/)
  expect(new Set(order).size).toBe(60)
  expect(next).not.toBe(order)
})

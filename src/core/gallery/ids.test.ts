import { expect, test } from 'vitest'
import { isIdPrefix, newAlbumId, newIdPrefix, newOwnAlbumId, newPhotoId, ownIdPrefixOf } from './ids.ts'

test('ids are letters and digits, and no two are alike', () => {
  const ids = Array.from({ length: 2000 }, newPhotoId)
  expect(new Set(ids).size).toBe(2000)
  for (const id of ids) expect(id).toMatch(/^[0-9A-Za-z]{10}$/)
})

test('the albums of an account that may make some begin with its id prefix, and no others do', () => {
  const stem = newIdPrefix('ana')
  expect(isIdPrefix(stem)).toBe(true)
  expect(ownIdPrefixOf(newOwnAlbumId(stem))).toBe(stem)
  expect(ownIdPrefixOf(newAlbumId('ana'))).toBe(null)
  for (const text of ['', 'ana', 'ana~', 'ana~Abc', 'ana~Abcd*', '*~Abcd', 'ana~Abcd\n'])
    expect(isIdPrefix(text)).toBe(false)
})

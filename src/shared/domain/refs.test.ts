import { expect, test } from 'vitest'
import { byAlbum, parseRef, refOf } from './refs.ts'

test('a photo and its album make one text, and come apart again', () => {
  const ref = refOf({ album: 'owner~Abcd1234', id: 'photo00001' })
  expect(ref).toBe('owner~Abcd1234/photo00001')
  expect(parseRef(ref)).toEqual({ album: 'owner~Abcd1234', id: 'photo00001' })
})

test('photos are put together by album, in their order', () => {
  expect([...byAlbum(['a/1', 'b/2', 'a/3', 'b/1'])]).toEqual([
    ['a', ['1', '3']],
    ['b', ['2', '1']],
  ])
  expect(byAlbum([]).size).toBe(0)
})

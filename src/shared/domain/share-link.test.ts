import { expect, test } from 'vitest'
import { parseShareLink, shareLink } from './share-link.ts'

test('a share link keeps its secret behind the #, and other addresses are none', () => {
  const link = new URL(shareLink('https://photos.example/', 'share~Abcd1234', 'S'.repeat(22), true))
  expect(link.pathname + link.search).toBe('/?share=Abcd1234')
  expect(parseShareLink(link.search, link.hash)).toEqual({
    name: 'share~Abcd1234',
    secret: 'S'.repeat(22),
    hasPassword: true,
  })
  expect(parseShareLink('?share=../x', link.hash)).toBe(null)
  expect(parseShareLink('', '')).toBe(null)
})

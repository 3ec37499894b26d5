import fc from 'fast-check'
import { expect, test } from 'vitest'
import { branchesOf, foldTag, isTagged, normalizeTag, splitTags } from './tags.ts'

test.each([
  ['  Sea  ', 'Sea'],
  ['Places / France /Corsica', 'Places/France/Corsica'],
  ['//a//b//', 'a/b'],
  ['two \t words', 'two words'],
  ['e\u0301te\u0301', 'été'],
  [' / ', ''],
])('the tag %j is kept as %j', (typed, kept) => {
  expect(normalizeTag(typed)).toBe(kept)
})

test('what is kept stays as it is when it is kept again, folded or not', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (tag) => {
      expect(normalizeTag(normalizeTag(tag))).toBe(normalizeTag(tag))
      expect(foldTag(foldTag(tag))).toBe(foldTag(tag))
    }),
  )
})

test('tags that differ by case or composition are one', () => {
  expect(foldTag('Été/MER')).toBe(foldTag('e\u0301te\u0301 / mer'))
  expect(foldTag('Sea')).not.toBe(foldTag('Seas'))
})

test('a photo is seen under its tag and the branches above it, not under one that only begins alike', () => {
  expect(branchesOf('a/b/c')).toEqual(['a/b/c', 'a/b', 'a'])
  expect(branchesOf('/a')).toEqual(['/a'])
  for (const branch of branchesOf('sea/foam')) expect(isTagged(['x', 'sea/foam'], branch)).toBe(true)
  expect(isTagged(['seaside'], 'sea')).toBe(false)
  expect(isTagged(['sea'], 'sea/foam')).toBe(false)
  expect(isTagged([], 'sea')).toBe(false)
})

test('a list that was pasted is cut at commas, semicolons and line breaks', () => {
  expect(splitTags('Sea, Été ;\n a/ b,,\n')).toEqual(['Sea', 'Été', 'a/b'])
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { albumTexts, mayHave } from './album-texts.ts'
import type { IndexedPhoto } from './indexed-photo.ts'

const photo = (id: string, text: string) => ({ id, text, gear: `camera ${text}` }) as IndexedPhoto

const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const words = fc.constantFrom('harbour at night', 'boats', 'été', '', 'a longer text of some words', '海')
/** Changes of an album, one after the other: photos that are others then, or gone (null). */
const changes = fc.array(fc.dictionary(ids, fc.option(words), { minKeys: 1 }), { maxLength: 150 })

test('whatever changes in an album, the words of its photos are found, and their own texts stay as they are', () => {
  fc.assert(
    fc.property(changes, (all) => {
      const photos = new Map([['a', photo('a', 'first')]])
      const told = new Map([['a', 'first']])
      let texts = albumTexts(photos)
      for (const change of all) {
        for (const [id, text] of Object.entries(change))
          if (text === null) for (const map of [photos, told]) map.delete(id)
          else {
            photos.set(id, photo(id, text))
            told.set(id, text)
          }
        texts = albumTexts(photos, texts, Object.keys(change))
      }
      for (const [id, text] of told) {
        expect(photos.get(id)?.text).toBe(text)
        for (const value of [text, text.slice(2), `camera ${text}`]) expect(mayHave(texts, value)).toBe(true)
      }
      expect(mayHave(texts, 'nowhere')).toBe(false)
      expect(texts.texts.length).toBeLessThan(60)
    }),
    { numRuns: 50 },
  )
})

test('words of two photos are not found as one', () => {
  const texts = albumTexts(new Map([photo('a', 'sea'), photo('b', 'side')].map((one) => [one.id, one])))
  expect([mayHave(texts, 'seaside'), mayHave(texts, 'sea side'), mayHave(texts, 'side')]).toEqual([
    false,
    false,
    true,
  ])
})

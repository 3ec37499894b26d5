import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainText } from './fold-text.ts'

test.each([
  ['Łódź', 'lodz'],
  ['Hammershøi', 'hammershoi'],
  ['Straße STRASSE ẞ', 'strasse strasse ss'],
  ['Þingvellir', 'thingvellir'],
  ['Ærøskøbing', 'aeroskobing'],
  ['Œuvres', 'oeuvres'],
  ['Ðakovo đ', 'dakovo d'],
  ['Għarb Ħamrun', 'gharb hamrun'],
  ['Şırnak Iğdır', 'sirnak igdir'],
  ['İstanbul ISTANBUL ıstanbul', 'istanbul istanbul istanbul'],
  ['Đà Nẵng', 'da nang'],
  ['Thừa Thiên Huế', 'thua thien hue'],
  ['Nguyễn Văn Được', 'nguyen van duoc'],
  ['été e\u0301te\u0301', 'ete ete'],
  ['ﬁne ﬂow ﬀ ﬃ ﬆ', 'fine flow ff ffi st'],
  ['ĳs ǆ ŉ', 'ijs dz n'],
  ['ＦＵＪＩ１２３', 'fuji123'],
  ["L’Étang L'Étang L`Étang", 'letang letang letang'],
  ['Hawaiʻi', 'hawaii'],
  ['O’Brien', 'obrien'],
  ['Saint‑Malo – Dinard', 'saint-malo - dinard'],
  ['Ώρα ὈΔΥΣΣΕΎΣ', 'ωρα οδυσσευσ'],
  ['Ёлка Їжак', 'елка іжак'],
  ['10² №', '102 no'],
  ['क\u093eशी', 'क\u093eशी'],
  ['ガ', 'ガ'],
  ['한국', '한국'],
  ['ƏLİ Øresund Ŋ', 'eli oresund ng'],
])('%j is looked for as %j', (text, plain) => {
  expect(plainText(text)).toBe(plain)
})

test('a text that is plain stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(plainText(plainText(text))).toBe(plainText(text))
    }),
  )
})

test('letters with a mark or a stroke are found by those without, in all of Latin', () => {
  for (let code = 0xc0; code < 0x250; code++) {
    const letter = String.fromCodePoint(code)
    // Of what is left some are letters of their own, such as clicks and the tones of Zhuang.
    if (
      /\p{L}/u.test(letter.normalize('NFD').replace(/\p{M}/gu, '')) &&
      /\p{M}/u.test(letter.normalize('NFD'))
    )
      expect(plainText(letter), letter).toMatch(/^[a-z]+$|^[ʒʼ]$/)
  }
})

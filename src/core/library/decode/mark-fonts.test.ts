import { expect, test } from 'vitest'
import { haveFontFor } from './mark-fonts.ts'

test('our fonts have the letters of the languages of the program, and others in one text with them', () => {
  for (const words of ['© Éric Weiß œ ł', 'Ωμέγα Жанна', 'أحمد ٢٠٢٦', '© 山田写真 カメラ ひらがな', 'אבג'])
    expect(haveFontFor(words), words).toBe(true)
})

test('letters that would be boxes are known', () => {
  for (const words of ['한국', 'ไทย', '© 한', '\u{1FAE0}', '\uFFFF'])
    expect(haveFontFor(words), words).toBe(false)
})

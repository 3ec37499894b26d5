import { expect, test } from 'vitest'
import { maxWatermark, parseWatermark } from './watermark.ts'

test('words in one line are a watermark, with what markup would take for its own', () => {
  for (const words of ['© Anna Berg', 'Ünß é', '山田写真', 'أحمد', '<b>&amp;"', "'"])
    expect(parseWatermark(words)).toBe(words)
  expect(parseWatermark('  © Anna  ')).toBe('© Anna')
})

test('words that are spelt in two ways are the same', () => {
  expect(parseWatermark('Zoe\u0301')).toBe('Zoé')
})

test('what is empty, or not seen, is no watermark', () => {
  for (const text of ['', ' ', '\u00A0', '\u0301'])
    expect(parseWatermark(text), JSON.stringify(text)).toBeNull()
  for (const sign of [
    '\n',
    '\0',
    '\u001B',
    '\u0085',
    '\u2028',
    '\u200B',
    '\u202E',
    '\u2066',
    '\uFEFF',
    '\uE000',
  ])
    expect(parseWatermark(`a${sign}b`), JSON.stringify(sign)).toBeNull()
  expect(parseWatermark('a\uD800b')).toBeNull()
})

test('what is too long is no watermark, however it is spelt', () => {
  expect(parseWatermark('a'.repeat(maxWatermark))).not.toBeNull()
  expect(parseWatermark('a'.repeat(maxWatermark + 1))).toBeNull()
  expect(parseWatermark('a'.repeat(10_000))).toBeNull()
  expect(parseWatermark('é'.normalize('NFD').repeat(maxWatermark))).toBe('é'.repeat(maxWatermark))
})

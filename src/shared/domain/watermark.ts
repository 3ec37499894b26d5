/** Letters of a watermark at most: more would be too small to read, or cover the picture. */
export const maxWatermark = 50

/**
 * Words that may stand on pictures, in one line; null for what is none: too long, or with letters that are not seen (control characters,
 * marks of direction, what Unicode has not assigned), by which words could look other than they are.
 */
export const parseWatermark = (text: string): string | null => {
  // Long enough for any spelling of the longest; what normalising makes of more is not asked.
  if (text.length > 4 * maxWatermark) return null
  const words = text.normalize('NFC').trim()
  const isSeen = /[^\s\p{M}]/u.test(words) && !/[\p{C}\p{Zl}\p{Zp}]/u.test(words)
  return isSeen && Array.from(words).length <= maxWatermark ? words : null
}

import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing'

/**
 * The manual order of an album. Each photo has a key there, and keys are compared as texts: those of the library
 * `fractional-indexing`, between any two of which another one fits. So putting a photo between two others changes that one
 * photo, however many the album has. Three kinds of photos share the one order:
 *
 * 1. A rank that a change wrote is a key itself.
 * 2. A rank that an older Cimaise wrote is a number. Its key begins with `l`; numbers keep their order.
 * 3. A photo without a rank stands by its time. Its key begins with `m`, so that it comes behind all numbers, as it always
 *    did, and a photo can be put between two of them without a rank for either.
 *
 * The last two end in the photo's id, so that no two are alike. Two photos whose ranks are the same (two windows put them
 * there at the same moment) are in the order of their ids.
 */

/** Characters of a rank. Putting a photo at the very same position again and again takes one more each sixth time. */
export const maxRankLength = 512

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** Before all numbers: where photos go that are put first, so that they stay first whatever comes later. */
const firstNumber = `l${'0'.repeat(12)}`
/** Behind the id in a key, which may not end in 0. */
const end = 'V'
/** Times beyond this, in milliseconds since 1970, count as this: the sum of both signs stays a whole number. */
const maxTime = 4e15

const inDigits = (value: number, length: number) => {
  let text = ''
  for (let rest = value; text.length < length; rest = Math.floor(rest / 62))
    text = `${digits[rest % 62]}${text}`
  return text
}

const float = new Float64Array(1)
const [low, high] = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? [0, 1] : [1, 0]
const words = new Uint32Array(float.buffer)

/** The bits of a number as two whole ones that are in its order: of a negative one all are turned, else the sign. */
const orderedWords = (value: number) => {
  float[0] = value || 0 // there is one zero
  const [upper, lower] = [words[high] ?? 0, words[low] ?? 0]
  return upper >>> 31 ? [~upper >>> 0, ~lower >>> 0] : [(upper | 0x80000000) >>> 0, lower]
}

const numberKey = (rank: number, id: string) => {
  const [upper = 0, lower = 0] = orderedWords(rank)
  return `l${inDigits(upper, 6)}${inDigits(lower, 6)}${id}${end}`
}

const timeKey = (time: number, id: string) => {
  const within = Math.trunc(Math.min(maxTime, Math.max(-maxTime, time)))
  return `m${inDigits(within + maxTime, 13)}${id}${end}`
}

const isNumber = (text: string) => /^-?\d{1,15}(?:\.\d{1,17})?$/.test(text)

/** How long the whole part of a key is, by its first letter. */
const wholeLength = (key: string) => {
  const head = key.charCodeAt(0)
  return head >= 97 ? head - 95 : 92 - head
}

const isKey = (text: string) =>
  text.length <= maxRankLength &&
  /^[A-Za-z][0-9A-Za-z]+$/.test(text) &&
  text.length >= wholeLength(text) &&
  !(text.length > wholeLength(text) && text.endsWith('0')) &&
  text !== `A${'0'.repeat(26)}`

/** Whether a text is a rank. What is none counts as no rank: a member who may modify the album can write anything. */
export const isRank = (text: string): boolean => isNumber(text) || isKey(text)

/**
 * The key by which a photo stands in the manual order of its album.
 *
 * @param photo its id, its rank as Redis has it, and its time in the album in milliseconds since 1970
 */
export const orderKey = ({ id, rank, time }: { id: string; rank: string | null; time: number }): string => {
  if (rank === null || !isRank(rank)) return timeKey(time, id)
  return isNumber(rank) ? numberKey(Number(rank), id) : rank
}

/**
 * Ranks for photos that are put between two others.
 *
 * @param left the key of the photo before them; null at the beginning of the album
 * @param right the key of the photo behind them; null at its end
 * @returns as many ranks, in their order; null where there is no room, as both keys are the same or in the other order
 */
export const ranksBetween = (left: string | null, right: string | null, count: number): string[] | null => {
  const upper = left === null && (right === null || right > firstNumber) ? firstNumber : right
  if (left !== null && upper !== null && left >= upper) return null
  try {
    // At the end, all within one step behind the last photo: newer ones come behind them.
    const bound = upper ?? generateKeyBetween(left, null)
    const ranks = generateNKeysBetween(left, bound, count)
    return ranks.every(isKey) ? ranks : null
  } catch {
    return null // at the very end of what a key can say, where only a hand can have led
  }
}

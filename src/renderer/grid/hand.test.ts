import { expect, test } from 'vitest'
import { Hand } from './hand.ts'

test('a hand is at work until it has rested for a moment', () => {
  const hand = new Hand()
  expect(hand.isAtWork(0)).toBe(false)
  hand.move(1000)
  expect(hand.isAtWork(1500)).toBe(true)
  expect(hand.isAtWork(1800)).toBe(false)
})

test('a hand that never rests is waited for some seconds only, and then anew', () => {
  const hand = new Hand()
  const waits = (now: number) => {
    hand.move(now)
    return hand.isAtWork(now)
  }
  const answers = Array.from({ length: 100 }, (_, n) => waits(n * 100))
  expect(answers[0]).toBe(true)
  expect(answers.filter((waited) => !waited)).toHaveLength(2)
})

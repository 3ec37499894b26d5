import { expect, test } from 'vitest'
import type { NewsTime } from '../../shared/domain/mail.ts'
import type { Waiting } from './news.ts'
import { isDue, lastDigest } from './when.ts'

const at = (iso: string) => Date.parse(iso)

test('the news of a day are due at eight in the morning where the account is, in summer and in winter', () => {
  const due = (zone: string, now: string) => new Date(lastDigest(zone, at(now))).toISOString()
  expect(due('UTC', '2026-11-27T07:59:59Z')).toBe('2026-11-26T08:00:00.000Z')
  expect(due('UTC', '2026-11-27T08:00:00Z')).toBe('2026-11-27T08:00:00.000Z')
  expect(due('Europe/Paris', '2026-11-27T07:30:00Z')).toBe('2026-11-27T07:00:00.000Z')
  expect(due('Europe/Paris', '2026-07-27T06:30:00Z')).toBe('2026-07-27T06:00:00.000Z')
  expect(due('Asia/Kolkata', '2026-11-27T02:00:00Z')).toBe('2026-11-26T02:30:00.000Z')
  expect(due('Pacific/Auckland', '2026-11-26T20:00:00Z')).toBe('2026-11-26T19:00:00.000Z')
})

const wishes = (photos: NewsTime, comments: NewsTime) => ({
  address: 'ana@example.org',
  language: 'en' as const,
  zone: 'UTC',
  times: { photos, comments, selection: 'off', links: 'off', imports: 'off' } as const,
})
const photos = (since: string, last = since): Waiting => ({
  piece: { kind: 'photos', album: 'a~Abcd1234' },
  since: at(since),
  last: at(last),
  count: 1,
})
const comment = (since: string): Waiting => ({
  piece: { kind: 'comments', album: 'a~Abcd1234', photo: '', writer: 'ana', number: 1 },
  since: at(since),
  last: at(since),
  count: 1,
})
const due = (kinds: [NewsTime, NewsTime], news: Waiting[], now: string) =>
  isDue(wishes(...kinds), news, at(now), 120_000)

test('what is told at once waits until nothing more came for a while, though not for ever', () => {
  const now = '2026-11-27T10:30:00Z'
  expect(due(['now', 'off'], [photos('2026-11-27T10:29:00Z')], now)).toBe(false)
  expect(due(['now', 'off'], [photos('2026-11-27T10:28:00Z')], now)).toBe(true)
  expect(due(['now', 'off'], [photos('2026-11-27T10:10:00Z', '2026-11-27T10:29:00Z')], now)).toBe(false)
  expect(due(['now', 'off'], [photos('2026-11-27T10:00:00Z', '2026-11-27T10:29:00Z')], now)).toBe(true)
  expect(due(['now', 'now'], [photos('2026-11-27T10:20:00Z'), comment('2026-11-27T10:29:00Z')], now)).toBe(
    false,
  )
  expect(due(['now', 'now'], [photos('2026-11-27T10:00:00Z'), comment('2026-11-27T10:29:00Z')], now)).toBe(
    true,
  )
})

test('what is told once a day waits for the next morning, however early in the day it came', () => {
  const news = [photos('2026-11-27T08:01:00Z')]
  expect(due(['daily', 'off'], news, '2026-11-28T07:59:00Z')).toBe(false)
  expect(due(['daily', 'off'], news, '2026-11-28T08:00:00Z')).toBe(true)
  expect(due(['off', 'daily'], news, '2026-11-28T08:00:00Z')).toBe(false)
  expect(due(['now', 'daily'], [], '2026-11-28T08:00:00Z')).toBe(false)
})

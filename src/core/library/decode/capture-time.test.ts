import { describe, expect, test } from 'vitest'
import { offsetByGps, readClock, readOffset, toTaken } from './capture-time.ts'

const clock = (date: string, fraction?: string) => {
  const read = readClock(date, fraction)
  if (!read) throw new Error(`${date} should be a date`)
  return read
}

describe('the time a photo was taken', () => {
  test('keeps the wall clock of the file, with the zone that the file gives', () => {
    expect(toTaken(clock('2012:08:26 15:53:03'), '+02:00')).toEqual({
      text: '2012-08-26T15:53:03+02:00',
      time: Date.parse('2012-08-26T13:53:03Z'),
      guessed: null,
    })
  })

  test('has no zone where none is known, and stands where this machine would put it', () => {
    const here = new Date(2014, 6, 1, 13, 32, 37)
    const taken = toTaken(clock('2014:07:01 13:32:37'), null)
    expect(taken.text).toBe('2014-07-01T13:32:37')
    expect(taken.time).toBe(here.getTime())
    expect(taken.guessed).toMatch(/^[+-]\d\d:\d\d$/)
  })

  test.each([
    ['1978', '1978', '1978-01-01T00:00:00Z'],
    ['1978-06', '1978-06', '1978-06-01T00:00:00Z'],
    ['1978:00:00 00:00:00', '1978', '1978-01-01T00:00:00Z'],
    ['1978:06:00 00:00:00', '1978-06', '1978-06-01T00:00:00Z'],
    ['1978-06-15', '1978-06-15', '1978-06-15T00:00:00Z'],
    ['1978:06:15   :  :  ', '1978-06-15', '1978-06-15T00:00:00Z'],
    ['1978:  :     :  :  ', '1978', '1978-01-01T00:00:00Z'],
    ['1978:06:15 10:11', '1978-06-15T10:11', '1978-06-15T10:11:00Z'],
  ])('is as exact as it is known: %j', (date, text, begin) => {
    expect(clock(date)).toEqual({ text, wall: Date.parse(begin), offset: null })
    expect(toTaken(clock(date), null).text).toBe(text)
  })

  test.each([
    ['539', '.539'],
    ['02', '.020'],
    ['123456', '.123'],
    ['0  ', ''],
    ['x', ''],
  ])('has a fraction of the second from %j', (fraction, text) => {
    expect(clock('2014:10:31 13:32:37', fraction).text).toBe(`2014-10-31T13:32:37${text}`)
  })

  test.each([
    ['2014-10-31T13:32:37.25+01:00', '2014-10-31T13:32:37.250', '+01:00'],
    ['2014-10-31T13:32Z', '2014-10-31T13:32', '+00:00'],
    ['2014:10:31 13:32:37\0', '2014-10-31T13:32:37', null],
  ])('reads what programs write: %j', (date, text, offset) => {
    expect(clock(date)).toMatchObject({ text, offset })
  })

  test.each([
    '0000:00:00 00:00:00',
    '2014:13:01 10:00:00',
    '2014:02:30 10:00:00',
    '2014:01:01 24:00:00',
    '2014:01:01 10:61:00',
    '    :  :     :  :  ',
    '',
    'yesterday',
  ])('is absent where the date cannot be: %j', (date) => {
    expect(readClock(date)).toBeNull()
  })
})

describe('a zone', () => {
  test.each([
    ['Z', '+00:00'],
    ['+0530', '+05:30'],
    ['-05:00 ', '-05:00'],
    ['+27:00', null],
    ['', null],
    [undefined, null],
  ])('is read from %j', (text, zone) => {
    expect(readOffset(text)).toBe(zone)
  })

  test.each([
    ['2024-07-01T10:00:00Z', '+02:00'],
    ['2024-07-01T09:58:10Z', '+02:00'],
    ['2024-07-01T06:15:00Z', '+05:45'],
    ['2024-07-01T23:00:00Z', '-11:00'],
    ['2024-07-01T09:57:00Z', null],
    ['2024-07-01T09:45:00Z', null],
    ['2024-07-01T09:30:00Z', null],
    ['1999-01-01T00:00:00Z', null],
  ])('is what the satellites imply only where there is such a zone (%s)', (utc, zone) => {
    expect(offsetByGps(Date.parse('2024-07-01T12:00:00Z'), Date.parse(utc))).toBe(zone)
  })
})
